// Fixed-point energy (W·ms) and conversion from meter readings.
#pragma once

#include "base/instant.hpp"
#include "han/base/decimal.hpp"

#include <cstdint>

namespace hanport::meter {

/// W·ms: power times time, without rounding. It holds 10¹² Wh, more than any meter shows.
using WattMillis = std::int64_t;
inline constexpr WattMillis watt_millis_per_wh = 3'600'000;

/// `number` in units of 10^exponent, truncated to an integer; empty beyond ±10¹².
[[nodiscard]] std::optional<std::int64_t> to_integer(const han::Decimal& number,
                                                     int exponent = 0) noexcept;

/// Division rounded down, also for negative energy.
[[nodiscard]] constexpr std::int64_t to_wh(WattMillis energy) noexcept {
    return energy >= 0 ? energy / watt_millis_per_wh
                       : (energy - (watt_millis_per_wh - 1)) / watt_millis_per_wh;
}

/// The full hour at or before `time`. Full hours of UTC are full hours in every zone with a
/// whole-hour offset.
[[nodiscard]] inline base::WallTime hour_of(base::WallTime time) noexcept {
    return std::chrono::floor<std::chrono::hours>(time);
}

[[nodiscard]] inline std::int64_t millis(base::WallTime::duration time) noexcept {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

} // namespace hanport::meter
