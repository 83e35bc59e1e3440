// Home Assistant discovery of a meter: its entities, and the two forms of discovery messages.
// Nothing is sent here; discovery_plan.hpp decides what is sent and removed.
//
// An entity's unique_id is hanport_<meter_id>_<key>; a device's identifier is hanport_<meter_id>.
// Both have only the characters that Home Assistant accepts in topics (object_id() of topics.hpp).
// They depend on the meter id only, so that another host, port or configuration creates no
// duplicates. The suggested entity id is sensor.hanport_<last six of meter_id>_<name>: short, and
// the same at every start.
//
// Entities of the reader (diagnostics) read these keys of the stats topic:
//
//   frames_ok, frames_refused, bytes, reconnects    counters since the start
//   outbox_depth                                    messages waiting for the broker
//   parity, port_state                              texts
#pragma once

#include "meter/snapshot.hpp"
#include "mqtt/message.hpp"
#include "publish/topics.hpp"

#include <nlohmann/json.hpp>

#include <vector>

namespace hanport::homeassistant {

/// Keeps keys in the order in which they are written, for readability.
using Json = nlohmann::ordered_json;

struct DiscoveryOptions {
    std::string version;               ///< of hanport
    bool reactive_energy_class = true; ///< false for Home Assistant before 2025.6, which rejects it
};

/// An entity of a meter.
struct Component {
    std::string key; ///< object_id() of the quantity's name, or the diagnostic's key
    Json config;     ///< with platform; without device, origin and the fields of shared()
};

/// The entities of all quantities in the snapshot that have a name (not of those identified by an
/// OBIS code), and the diagnostics.
[[nodiscard]] std::vector<Component> components(const publish::Topics& topics,
                                                const meter::Snapshot& snapshot,
                                                const DiscoveryOptions& options);

/// Fields common to all entities of a meter; a component may override them.
[[nodiscard]] Json shared(const publish::Topics& topics, const meter::Snapshot& snapshot);

/// One retained message for all entities of a meter.
[[nodiscard]] mqtt::Message device_message(const publish::Topics& topics,
                                           const meter::Snapshot& snapshot,
                                           const DiscoveryOptions& options,
                                           const std::vector<Component>& components);

/// One retained message for one entity.
[[nodiscard]] mqtt::Message single_message(const publish::Topics& topics,
                                           const meter::Snapshot& snapshot,
                                           const DiscoveryOptions& options,
                                           const Component& component);

/// The text of a discovery message: valid UTF-8, whatever the meter's name contains.
[[nodiscard]] std::string text_of(const Json& payload);

} // namespace hanport::homeassistant
