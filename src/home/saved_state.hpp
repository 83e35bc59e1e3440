// What was saved of a meter's home, checked before it is believed: against the register that the
// guards accepted last, and against the energy that a house can draw. The meter's next register is
// then checked against that register by the guards.
#pragma once

#include <string>
#include <vector>

#include "home/home_meter.hpp"

namespace hanport {

/// Drops or puts right what contradicts the last accepted register:
///
///   - live counters further from it than 50 kW (or the guards' limit, if higher) come to in the time
///     between the two and two hours more; they begin again from the next register, and so does the
///     guards' register, as either of the two may be the wrong one;
///   - an hour's beginning that no such power explains, and a power beyond it;
///   - hours of the capacity charge beyond it, and a register of the last full hour that does not
///     lead to the last accepted one;
///   - registers that were accepted after `now`.
///
/// Returns a text for each: what it is, what it was, what becomes of it.
[[nodiscard]] std::vector<std::string> put_right(HomeState& state, const Guards::Options& options,
                                                 WallTime now);

} // namespace hanport
