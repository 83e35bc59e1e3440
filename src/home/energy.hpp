// Energy as this room counts it, and how a meter's numbers become it.
#pragma once

#include "han/base/decimal.hpp"

#include <cstdint>

#include "home/instant.hpp"

namespace hanport {

/// W·ms: power times time, without rounding. 10¹² Wh, more than any meter shows, fit in.
using WattMillis = std::int64_t;
inline constexpr WattMillis watt_millis_per_wh = 3'600'000;

/// `number` in units of 10^exponent, what is behind the point cut off; none beyond ±10¹².
[[nodiscard]] std::optional<std::int64_t> whole(const han::Decimal& number,
                                                int exponent = 0) noexcept;

/// Floor of the division, also for negative energy.
[[nodiscard]] constexpr std::int64_t to_wh(WattMillis energy) noexcept {
    return energy >= 0 ? energy / watt_millis_per_wh
                       : (energy - (watt_millis_per_wh - 1)) / watt_millis_per_wh;
}

/// The full hour at or before `time`. Hours of UTC are hours of every zone that is whole hours off.
[[nodiscard]] inline WallTime hour_of(WallTime time) noexcept {
    return std::chrono::floor<std::chrono::hours>(time);
}

[[nodiscard]] inline std::int64_t millis(WallTime::duration time) noexcept {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

} // namespace hanport
