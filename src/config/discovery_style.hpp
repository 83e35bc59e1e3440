// Style of Home Assistant discovery.
#pragma once

#include <cstdint>

namespace hanport::config {

enum class DiscoveryStyle : std::uint8_t {
    device, ///< one message per meter; Home Assistant 2024.12 and newer
    single, ///< one message per entity; also Domoticz and older openHAB
    off     ///< no discovery; earlier discovery messages are removed
};

} // namespace hanport::config
