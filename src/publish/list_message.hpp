// Lists as messages: the JSON of `hanport decode` with the receiving time.
#pragma once

#include "han/list/list.hpp"
#include "mqtt/message.hpp"
#include "publish/topics.hpp"

#include <chrono>

namespace hanport::publish {

/// {…same as hanport decode…,"received":"2026-11-20T15:59:30.412Z"} on the meter's topic for
/// `kind`: power and live with QoS 0, hourly with QoS 1 and retained. `meter_id` and `kind` may
/// differ from the list's own: a power list names no meter, and a meter that sends registers every
/// 10 s has hourly lists that are published as live ones.
[[nodiscard]] mqtt::Message list_message(const Topics& topics, std::string_view meter_id,
                                         const han::list::List& list, han::list::ListKind kind,
                                         std::chrono::system_clock::time_point received);

} // namespace hanport::publish
