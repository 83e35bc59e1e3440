// Discovery of the reader's ports: an entity "Problem" and an entity "Cause" per port, on a device
// of the reader, because no meter may be known yet.
#pragma once

#include "config/discovery_style.hpp"
#include "mqtt/message.hpp"
#include "publish/topics.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace hanport::homeassistant {

/// The discovery messages in a style for the ports with these numbers, and those that remove the
/// ports with the numbers `withdrawn`; DiscoveryStyle::off removes all.
[[nodiscard]] std::vector<mqtt::Message> port_discovery(const publish::Topics& topics,
                                                        std::span<const unsigned> numbers,
                                                        std::span<const unsigned> withdrawn,
                                                        config::DiscoveryStyle style,
                                                        std::string_view version);

} // namespace hanport::homeassistant
