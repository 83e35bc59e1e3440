// JSON of the analytics of a meter: the capacity charge, problems, events.
#pragma once

#include "meter/outcome.hpp"
#include "mqtt/message.hpp"
#include "publish/topics.hpp"

namespace hanport::publish {

/// Retained, on the meter's tariff topic; energy in kWh, powers in kW, allowed_power in W:
/// {"hour":"2026-11-20T17:00:00+01:00","hour_consumption":1.234,"hour_projection":2.345,
/// "allowed_power":3456,"month":"2026-11","month_mean":4.321,"month_estimate":false,"step":2,
/// "step_from":2.000,"step_limit":5.000,"top_hours":[{"hour":…,"consumption":5.123,
/// "source":"registers"},…],"last_month":{"month":"2026-10","mean":…,"estimate":…,"step":…,
/// "step_from":…,"step_limit":…,"top_hours":[…]}}
/// Steps count from 1. On the last step the limit and allowed_power are null. For a month without
/// known hours, mean and step are null.
[[nodiscard]] mqtt::Message tariff_message(const Topics& topics, std::string_view meter_id,
                                           const meter::Tariff& tariff,
                                           const meter::TariffNow& now);

/// Retained, on the meter's problem topic: {"problem":true,"cause":"no_bytes","text":…,"advice":…}
/// `detail` is appended to the text after a colon.
[[nodiscard]] mqtt::Message problem_message(const Topics& topics, std::string_view meter_id,
                                            meter::Problem cause, std::string_view detail = {});

/// Likewise, on the topic of the reader's port with that number.
[[nodiscard]] mqtt::Message port_problem_message(const Topics& topics, unsigned number,
                                                 meter::Problem cause);

/// On the meter's event topic, not retained: {"event":"dropped","reason":"register_fell",
/// "quantity":"active_energy_import","numbers":…,"time":"2026-11-20T15:59:30.412Z"}; the event is
/// dropped, accepted or warning; of an accepted change the reason is empty.
[[nodiscard]] mqtt::Message event_message(const Topics& topics, std::string_view meter_id,
                                          const meter::Report& report, base::WallTime time);

/// "2026-11-20T17:00:00+01:00": an hour, by its beginning in local time.
[[nodiscard]] std::string local_hour(base::WallTime hour, const meter::TimeZone& zone);

/// "registers", "estimate", "corrected".
[[nodiscard]] std::string_view text(meter::HourSource source) noexcept;

} // namespace hanport::publish
