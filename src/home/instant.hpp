// What both clocks of this computer show. How long ago something was is told by the steady one;
// the wall clock, which may be set at any moment, only tells dates and hours.
#pragma once

#include <chrono>
#include <optional>

namespace hanport {

/// Of the clock that is never set. It says nothing to another run.
using SteadyTime = std::chrono::steady_clock::time_point;

/// Of the clock that people read, UTC.
using WallTime = std::chrono::system_clock::time_point;

/// A moment by both.
struct Instant {
    SteadyTime steady{};
    WallTime wall{};

    /// The moment when the wall clock of now would have shown `time`.
    [[nodiscard]] Instant at(WallTime time) const noexcept {
        return {.steady = steady - (wall - time), .wall = time};
    }
};

/// How long before `now` something was. What has no steady time was in an earlier run: its age is
/// by the wall clock, and negative where that was set back meanwhile.
[[nodiscard]] inline std::chrono::nanoseconds age(WallTime wall, std::optional<SteadyTime> steady,
                                                  Instant now) noexcept {
    return steady ? now.steady - *steady : now.wall - wall;
}

} // namespace hanport
