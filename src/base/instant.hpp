// Current time by both clocks of this computer. Ages and intervals use the steady clock. The wall
// clock may be set at any time, so it is used only for dates and hours.
#pragma once

#include <chrono>
#include <optional>

namespace hanport::base {

/// By the steady clock, which is never set. It is not comparable between runs.
using SteadyTime = std::chrono::steady_clock::time_point;

/// By the wall clock, UTC.
using WallTime = std::chrono::system_clock::time_point;

/// A point in time by both clocks.
struct Instant {
    SteadyTime steady{};
    WallTime wall{};

    /// The point in time at which the wall clock, as set now, would have shown `time`.
    [[nodiscard]] Instant at(WallTime time) const noexcept {
        return {.steady = steady - (wall - time), .wall = time};
    }
};

/// Age at `now`. An event without a steady time was in an earlier run: its age is by the wall
/// clock, and negative if that clock was set back meanwhile.
[[nodiscard]] inline std::chrono::nanoseconds age(WallTime wall, std::optional<SteadyTime> steady,
                                                  Instant now) noexcept {
    return steady ? now.steady - *steady : now.wall - wall;
}

} // namespace hanport::base
