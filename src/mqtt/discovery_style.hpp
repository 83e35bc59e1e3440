// How meters are announced to Home Assistant.
#pragma once

#include <cstdint>

namespace hanport {

enum class DiscoveryStyle : std::uint8_t {
    device, ///< one message a meter; Home Assistant 2024.12 and newer
    single, ///< one message an entity; also Domoticz and older openHAB
    off     ///< nothing is announced, and what was is taken back
};

} // namespace hanport
