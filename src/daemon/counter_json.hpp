// Live counters and times as the state files have them.
#pragma once

#include <nlohmann/json.hpp>

#include "home/live_counter.hpp"

namespace hanport {

/// Milliseconds since 1970, UTC.
[[nodiscard]] std::int64_t millis_of(WallTime time);
/// Throws nlohmann::json::exception, as the next but one.
[[nodiscard]] WallTime time_of(const nlohmann::json& value);

[[nodiscard]] nlohmann::json to_json(const LiveCounter::State& state);
[[nodiscard]] LiveCounter::State counter_of(const nlohmann::json& object);

} // namespace hanport
