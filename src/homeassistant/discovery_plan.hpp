// Decides what to send so that Home Assistant has a meter's entities in the configured style,
// whatever was published before. Input: the retained messages found at the broker. Output: the
// messages to send, in order. No I/O.
//
//   from single to device   migrate_discovery to the old topics, the new config with the same
//                           unique_ids, then the old topics emptied; likewise back. Emptying them
//                           first would delete the entities with their settings and history.
//   no longer present       device: the component with only its platform, then the config
//                           without it; single: its topic emptied. Only after the meter has
//                           sent all kinds of lists; until then the entities are kept.
//   off                     all topics emptied.
#pragma once

#include "config/discovery_style.hpp"
#include "meter/snapshot.hpp"
#include "mqtt/message.hpp"
#include "publish/topics.hpp"

#include <map>
#include <string>
#include <vector>

namespace hanport::homeassistant {

struct DiscoveryOptions;

/// Input for the plan.
struct DiscoverySituation {
    config::DiscoveryStyle style = config::DiscoveryStyle::device;
    /// Retained payloads by topic, received for Topics::device_config and Topics::single_configs.
    /// Others are ignored.
    std::map<std::string, std::string> found{};
    bool complete = false; ///< the meter has sent all its kinds of lists
};

[[nodiscard]] std::vector<mqtt::Message> discovery_plan(const publish::Topics& topics,
                                                        const meter::Snapshot& snapshot,
                                                        const DiscoveryOptions& options,
                                                        const DiscoverySituation& situation);

} // namespace hanport::homeassistant
