// Checks the saved state of a meter before it is used: against the register that the plausibility
// filter accepted last, and against the energy that a house can draw. The filter then checks the
// meter's next register against that register.
#pragma once

#include "meter/analytics.hpp"

#include <string>
#include <vector>

namespace hanport::meter {

/// Drops or corrects everything that contradicts the last accepted register:
///
///   - live counters that differ from it by more than 50 kW (or the filter's limit, if higher) for
///     the time between the two plus two hours; they start again from the next register, and so
///     does the filter's register, because either of the two may be the wrong one, unless the
///     register of the last full hour confirms it;
///   - the start of an hour that no such power explains, and a power above the limit;
///   - hours of the capacity charge above the limit, and a register of the last full hour that is
///     not consistent with the last accepted one;
///   - registers that were accepted after `now`.
///
/// Returns a text for each: what it is, its value, and what was done with it.
[[nodiscard]] std::vector<std::string>
put_right(AnalyticsState& state, const PlausibilityFilter::Options& options, base::WallTime now);

} // namespace hanport::meter
