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

/// The messages that announce the ports with these numbers in a style, and take back those with the
/// numbers `withdrawn`; DiscoveryStyle::off takes back all.
[[nodiscard]] std::vector<Message> port_discovery(const Topics& topics,
                                                  std::span<const unsigned> numbers,
                                                  std::span<const unsigned> withdrawn,
                                                  DiscoveryStyle style, std::string_view version);

} // namespace hanport
