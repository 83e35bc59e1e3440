// Source of the current time. Decision logic gets the time as a parameter and reads no clock.
#pragma once

#include "base/instant.hpp"

namespace hanport::base {

/// Both clocks of this computer.
[[nodiscard]] inline Instant look_at_clocks() noexcept {
    return {.steady = std::chrono::steady_clock::now(), .wall = std::chrono::system_clock::now()};
}

} // namespace hanport::base
