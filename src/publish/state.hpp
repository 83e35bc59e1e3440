// The flat JSON of hanport/<meter_id>/state: the latest values by name.
#pragma once

#include "meter/snapshot.hpp"
#include "mqtt/message.hpp"
#include "publish/topics.hpp"

namespace hanport::publish {

/// {"active_power_import":1468,"current_l1":5.64,"active_energy_import":109552.250,…}: W, var, VA,
/// A, V, Hz unchanged; energy (Wh, varh, VAh) in k… with three more decimals, joules in GJ.
/// Registers never expire. Unknown values are null; values rejected by is_measured() are left out.
[[nodiscard]] std::string state_json(const meter::Snapshot& snapshot,
                                     std::chrono::steady_clock::time_point now);

/// The same as a message.
[[nodiscard]] mqtt::Message state_message(const Topics& topics, const meter::Snapshot& snapshot,
                                          std::chrono::steady_clock::time_point now);

} // namespace hanport::publish
