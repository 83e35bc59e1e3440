// Plausibility filter; see plausibility.hpp.
#include "meter/plausibility.hpp"

#include "meter/hour_clock.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace hanport::meter {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;
using han::cosem::QuantityKind;

constexpr std::array<std::string_view, violation_kinds> keys{"register_fell",  "register_jumped",
                                                             "stale_list",     "out_of_range",
                                                             "power_too_high", "wrong_scale"};

// Registers are not read exactly at the full hour.
constexpr auto slack = 5min;

// A change is genuine once this many lists agree on it, over at least this time.
constexpr int confirmations = 3;
constexpr auto confirmation_time = 10min;

constexpr auto live_violation_lifetime = 10min;

// A list that is repeated so soon was sent twice, which some meters and adapters do.
constexpr auto repeat_time = 1min;

// Range of a house, in thousandths: a little above 400 V between lines, 63 A and current
// transformers.
struct Range {
    QuantityKind kind;
    std::int64_t lowest;
    std::int64_t highest;
    std::string_view unit;
};
constexpr auto ranges = std::to_array<Range>(
    {{QuantityKind::voltage, 0, 500'000, " V"}, {QuantityKind::current, -500'000, 500'000, " A"}});

// With less energy than this in an hour, scales cannot be compared.
constexpr std::int64_t least_to_compare = 100;
constexpr std::array<std::int64_t, 3> scale_factors{10, 100, 1000};

// Above the power of any house connection.
constexpr std::int64_t absurd_power = 10'000'000;

std::string text(const han::Decimal& number) {
    std::string out;
    append(out, number);
    return out;
}

std::string wh(std::int64_t number) {
    return std::to_string(number) + " Wh";
}

bool is_register(const han::cosem::Quantity& quantity) {
    return quantity.kind == QuantityKind::active_energy ||
           quantity.kind == QuantityKind::reactive_energy ||
           quantity.kind == QuantityKind::apparent_energy;
}

// The longer of the two clocks' intervals: the meter's clock may be wrong, and the computer's may
// stand still while a recording is played fast.
seconds between(const PlausibilityFilter::Register& from, const PlausibilityFilter::Register& to) {
    auto time = floor<seconds>(from.heard && to.heard ? *to.heard - *from.heard
                                                      : to.received - from.received);
    if (from.clock && to.clock)
        time = std::max(time, *to.clock - *from.clock);
    return std::max(time, 0s);
}

std::int64_t resolution_of(const han::Decimal& number) {
    return std::max<std::int64_t>(
        to_integer({.magnitude = 1, .exponent = number.exponent}).value_or(1), 1);
}

// Calls `use` with each number in the table of quantities that has the right unit.
template <class Use>
void each_quantity(const han::list::List& list, const Use& use) {
    for (const auto& reading : list.readings) {
        const auto* const quantity = han::cosem::quantity(reading.obis);
        const auto* const number = std::get_if<han::Decimal>(&reading.value);
        if (quantity != nullptr && number != nullptr && reading.unit == quantity->unit)
            use(*quantity, *number);
    }
}

} // namespace

std::string_view key(ViolationKind kind) noexcept {
    return keys[static_cast<std::size_t>(kind)];
}

bool CheckResult::drops(std::string_view quantity) const noexcept {
    return std::ranges::find(dropped, quantity, &Violation::quantity) != dropped.end();
}

bool CheckResult::accepts(std::string_view quantity) const noexcept {
    return std::ranges::find(accepted, quantity) != accepted.end();
}

std::int64_t PlausibilityFilter::limit() const noexcept {
    return options_.max_power.value_or(std::max(2 * state_.learned_power, least_limit));
}

void PlausibilityFilter::drop(CheckResult& result, ViolationKind kind, std::string quantity,
                              std::string numbers) {
    ++counts_[static_cast<std::size_t>(kind)];
    result.dropped.push_back(
        {.kind = kind, .quantity = std::move(quantity), .numbers = std::move(numbers)});
}

// The same registers with the same clock: a list sent twice; returns the time since the first one.
// A clock that stands still while registers change is not this case, nor is a meter without load.
std::optional<nanoseconds> PlausibilityFilter::repeated_after(const han::list::List& list,
                                                              base::Instant now) const {
    const auto clock = meter_seconds(list.meter_time);
    std::optional<nanoseconds> time;
    bool same = clock.has_value();
    each_quantity(list, [&](const auto& quantity, const auto& number) {
        if (!same || !is_register(quantity))
            return;
        const auto known = state_.registers.find(std::string(quantity.name));
        same = known != state_.registers.end() && known->second.clock == clock &&
               known->second.wh == to_integer(number);
        if (same)
            time = base::age(known->second.received, known->second.heard, now);
    });
    return same ? time : std::nullopt;
}

bool PlausibilityFilter::is_possible(const Register& from, const Register& to,
                                     std::int64_t resolution) const noexcept {
    const auto time = ceil<minutes>(between(from, to) + slack);
    const std::int64_t most = limit() * time.count() / minutes(1h).count() + resolution;
    return to.wh >= from.wh && to.wh - from.wh <= most;
}

// True once an implausible value and those before it make a lasting change.
bool PlausibilityFilter::confirms(const std::string& name, const Register& read,
                                  std::int64_t resolution) {
    Pending& pending = pending_[name];
    if (pending.count == 0 || !is_possible(pending.last, read, resolution))
        pending = {.first = read, .last = read, .count = 1};
    else {
        pending.last = read;
        ++pending.count;
    }
    return pending.count >= confirmations &&
           between(pending.first, pending.last) >= confirmation_time;
}

void PlausibilityFilter::check_register(const std::string& name, const han::Decimal& number,
                                        const Register& read, CheckResult& result) {
    const auto known = state_.registers.find(name);
    const std::int64_t resolution = resolution_of(number);
    if (known == state_.registers.end() || is_possible(known->second, read, resolution)) {
        pending_.erase(name);
        state_.registers[name] = read;
        return;
    }
    const std::int64_t before = known->second.wh;
    if (confirms(name, read, resolution)) {
        pending_.erase(name);
        known->second = read;
        result.accepted.push_back(name);
        result.numbers.push_back("from " + wh(before) + " to " + wh(read.wh));
        return;
    }
    registers_are_suspect_ = true;
    if (read.wh < before)
        drop(result, ViolationKind::register_fell, name, wh(read.wh) + " after " + wh(before));
    else
        drop(result, ViolationKind::register_jumped, name,
             wh(read.wh) + ", " + wh(read.wh - before) + " more than " +
                 std::to_string(between(known->second, read).count()) + " s before; at most " +
                 std::to_string(limit()) + " W are plausible");
}

void PlausibilityFilter::check_power(const std::string& name, std::int64_t watts, base::Instant now,
                                     CheckResult& result) {
    if (watts <= limit()) {
        pending_.erase(name);
        learn(name, watts);
        return;
    }
    // Like a register that does not change: it confirms that power is this high.
    if (!options_.max_power && watts < absurd_power &&
        confirms(name, {.wh = 0, .received = now.wall, .clock = {}, .heard = now.steady}, 1)) {
        result.accepted.push_back(name);
        result.numbers.push_back(std::to_string(watts) + " W, up to now at most " +
                                 std::to_string(limit()) + " W");
        pending_.erase(name);
        state_.learned_power = watts;
        return;
    }
    last_live_violation_ = now.steady;
    drop(result, ViolationKind::power_too_high, name,
         std::to_string(watts) + " W, more than " + std::to_string(limit()) + " W");
}

// The highest power that lasted three lists, so that a single implausible list has no effect.
void PlausibilityFilter::learn(const std::string& name, std::int64_t watts) {
    auto& [before_last, last] = recent_powers_[name];
    const std::int64_t lasted = std::min({watts, before_last, last});
    state_.learned_power = std::max(state_.learned_power, lasted);
    before_last = std::exchange(last, watts);
}

CheckResult PlausibilityFilter::check(const han::list::List& list, base::Instant now) {
    CheckResult result;
    const auto clock = meter_seconds(list.meter_time);
    const auto repeated = repeated_after(list, now);
    result.repeated = repeated.has_value();
    const bool stale = repeated && *repeated > repeat_time;
    if (stale) {
        registers_are_suspect_ = true;
        drop(result, ViolationKind::stale_list, "",
             "registers and clock are those of the list before");
    }
    const auto suspect_before = result.dropped.size();
    bool has_registers = false;
    each_quantity(list, [&](const auto& quantity, const auto& number) {
        const std::string name(quantity.name);
        if (is_register(quantity)) {
            has_registers = true;
            if (stale) {
                result.dropped.push_back(
                    {.kind = ViolationKind::stale_list, .quantity = name, .numbers = {}});
                return;
            }
            if (result.repeated)
                return;
            if (const auto value = to_integer(number))
                check_register(
                    name, number,
                    {.wh = *value, .received = now.wall, .clock = clock, .heard = now.steady},
                    result);
            else {
                registers_are_suspect_ = true;
                drop(result, ViolationKind::register_jumped, name, text(number));
            }
            return;
        }
        if (quantity.kind == QuantityKind::active_power) {
            check_power(name, to_integer(number).value_or(INT64_MAX), now, result);
            return;
        }
        const auto range = std::ranges::find(ranges, quantity.kind, &Range::kind);
        if (range == ranges.end())
            return;
        const auto value = to_integer(number, -3);
        if (value && *value >= range->lowest && *value <= range->highest)
            return;
        last_live_violation_ = now.steady;
        drop(result, ViolationKind::out_of_range, name, text(number).append(range->unit));
    });
    if (has_registers && !result.repeated)
        registers_are_suspect_ = std::ranges::any_of(
            result.dropped.begin() + static_cast<std::ptrdiff_t>(suspect_before),
            result.dropped.end(), [](const Violation& violation) {
                return violation.kind == ViolationKind::register_fell ||
                       violation.kind == ViolationKind::register_jumped;
            });
    return result;
}

std::optional<Violation> PlausibilityFilter::compare(const std::string& quantity,
                                                     std::int64_t register_wh,
                                                     std::int64_t power_wh) {
    if (std::max(register_wh, power_wh) < least_to_compare)
        return std::nullopt;
    const auto [less, more] = std::minmax(register_wh, power_wh);
    const bool differs = std::ranges::any_of(scale_factors, [&](std::int64_t factor) {
        return std::abs(more - less * factor) * 5 <= more; // within a fifth
    });
    scale_is_suspect_ = differs;
    if (!differs)
        return std::nullopt;
    ++counts_[static_cast<std::size_t>(ViolationKind::wrong_scale)];
    return Violation{.kind = ViolationKind::wrong_scale,
                     .quantity = quantity,
                     .numbers = "the register grew by " + wh(register_wh) + ", power came to " +
                                wh(power_wh)};
}

bool PlausibilityFilter::is_implausible(base::SteadyTime now) const noexcept {
    return registers_are_suspect_ || scale_is_suspect_ ||
           (last_live_violation_ && now - *last_live_violation_ < live_violation_lifetime);
}

} // namespace hanport::meter
