// What to send so that Home Assistant knows a meter's entities in the wanted style, whatever was
// announced before. Pure: the retained messages found at the broker go in, the messages to send
// come out, in order.
//
//   from single to device   migrate_discovery to the old topics, the new config with the same
//                           unique_ids, then the old topics emptied; and likewise back. To empty
//                           them first would delete the entities with their settings and history.
//   no longer offered       device: the component with nothing but its platform, then the config
//                           without it; single: its topic emptied. Only once the meter has sent
//                           all kinds of lists; until then what was announced stays announced.
//   off                     all topics emptied.
#pragma once

#include "mqtt/discovery_style.hpp"
#include "mqtt/message.hpp"
#include "mqtt/snapshot.hpp"
#include "mqtt/topics.hpp"

#include <map>
#include <string>
#include <vector>

namespace hanport {

struct DiscoveryOptions;

/// What is known when the plan is made.
struct DiscoverySituation {
    DiscoveryStyle style = DiscoveryStyle::device;
    /// Retained payloads by topic, as Topics::device_config and Topics::single_configs brought
    /// them. Others are ignored.
    std::map<std::string, std::string> found{};
    bool complete = false; ///< by now the meter has sent all kinds of its lists
};

[[nodiscard]] std::vector<Message> discovery_plan(const Topics& topics, const Snapshot& snapshot,
                                                  const DiscoveryOptions& options,
                                                  const DiscoverySituation& situation);

} // namespace hanport
