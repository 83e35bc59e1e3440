// What Home Assistant is told of a meter: its entities, and the two forms of discovery messages.
// Pure: nothing is sent here. What is sent when, and what is taken back, is discovery_plan.hpp.
//
// An entity's unique_id is hanport_<meter_id>_<key>, a device's identifier hanport_<meter_id>, both
// with the characters that Home Assistant takes in topics (object_id() of topics.hpp): from
// the meter id only, so that neither host nor port nor configuration doubles them. The entity id
// that is suggested is sensor.hanport_<last six of meter_id>_<name>: short, and the same at every
// start.
//
// Entities of the reader (diagnostics) read these keys of the stats topic:
//
//   frames_ok, frames_refused, bytes, reconnects    counters since start
//   outbox_depth                                    messages waiting for the broker
//   parity, port_state                              texts
#pragma once

#include "mqtt/message.hpp"
#include "mqtt/snapshot.hpp"
#include "mqtt/topics.hpp"

#include <nlohmann/json.hpp>

#include <vector>

namespace hanport {

/// Keys stay in the order written, which is the one to read them in.
using Json = nlohmann::ordered_json;

struct DiscoveryOptions {
    std::string version;               ///< of hanport
    bool reactive_energy_class = true; ///< false for Home Assistant before 2025.6, which refuses it
};

/// An entity of a meter.
struct Component {
    std::string key; ///< object_id() of the quantity's name, or the diagnostic's key
    Json config;     ///< with platform; without device, origin and what shared() says
};

/// The entities of all quantities in the snapshot that have a name (those named by their OBIS codes
/// have none), and the diagnostics.
[[nodiscard]] std::vector<Component> components(const Topics& topics, const Snapshot& snapshot,
                                                const DiscoveryOptions& options);

/// What all entities of a meter have in common and may override: state topic, availability.
[[nodiscard]] Json shared(const Topics& topics, const Snapshot& snapshot);

/// One retained message for all entities of a meter.
[[nodiscard]] Message device_message(const Topics& topics, const Snapshot& snapshot,
                                     const DiscoveryOptions& options,
                                     const std::vector<Component>& components);

/// One retained message for one entity.
[[nodiscard]] Message single_message(const Topics& topics, const Snapshot& snapshot,
                                     const DiscoveryOptions& options, const Component& component);

/// The text of a discovery message: UTF-8 whatever the meter calls itself.
[[nodiscard]] std::string text_of(const Json& payload);

} // namespace hanport
