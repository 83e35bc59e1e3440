// Discovery of the reader's ports: an entity "Problem" and an entity "Cause" for each, on a device of
// the reader's own, as there is no meter yet to put them on.
#pragma once

#include "mqtt/discovery_style.hpp"
#include "mqtt/message.hpp"
#include "mqtt/topics.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace hanport {

/// The messages that announce these ports, numbered from 1, in a style; those that take them back
/// for DiscoveryStyle::off.
[[nodiscard]] std::vector<Message> port_discovery(const Topics& topics,
                                                  std::span<const std::size_t> numbers,
                                                  DiscoveryStyle style, std::string_view version);

} // namespace hanport
