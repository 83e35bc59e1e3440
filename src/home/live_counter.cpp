// Integration and reconciliation; see live_counter.hpp.
#include "home/live_counter.hpp"

#include <algorithm>

namespace hanport {

using std::chrono::hours;

std::optional<RegisterReading> RegisterReading::of(const han::Decimal& number) noexcept {
    const auto wh = whole(number);
    if (!wh || *wh < 0)
        return std::nullopt;
    const auto step = whole({.magnitude = 1, .exponent = number.exponent});
    return RegisterReading{.wh = *wh, .resolution_wh = std::max<std::int64_t>(step.value_or(1), 1)};
}

LiveCounter::LiveCounter(const State& state, bool clean) : state_(state) {
    if (clean)
        return;
    state_.known = false;
    state_.watts.reset();
    state_.hour_known = state_.hour_complete = state_.since_complete = false;
}

// In the time since the last list, power now being `watts`.
WattMillis LiveCounter::flowed(WallTime::duration time, std::int64_t watts) const noexcept {
    const auto by_last = std::min<WallTime::duration>(time, usual_interval);
    return *state_.watts * millis(by_last) + (*state_.watts + watts) * millis(time - by_last) / 2;
}

std::optional<LiveHour> LiveCounter::on_power(WallTime now, std::int64_t watts) {
    const bool first = state_.last == WallTime{};
    const bool counts = state_.watts && now >= state_.last && now - state_.last <= longest_hold;
    const WallTime hour = hour_of(now);
    const WattMillis since_last = counts ? flowed(now - state_.last, watts) : 0;
    std::optional<LiveHour> ended;
    if (hour != state_.hour) {
        const WattMillis before = counts ? flowed(hour - state_.last, watts) : 0;
        if (!first && hour > state_.hour)
            ended = LiveHour{.begin = state_.hour,
                             .energy = state_.value + before - state_.at_hour,
                             .complete = counts && state_.hour_complete};
        state_.at_hour = state_.value + before;
        state_.hour = hour;
        state_.hour_known = state_.hour_complete = counts;
    }
    state_.value += since_last;
    if (!counts)
        state_.hour_complete = state_.since_complete = false;
    state_.last = now;
    state_.watts = watts;
    if (state_.known)
        state_.published = std::max(state_.published, state_.value);
    return ended;
}

// Of the last full hour it is known exactly, of a moment since then by the power of now.
WattMillis LiveCounter::value_at(WallTime moment) const noexcept {
    if (moment == state_.hour)
        return state_.at_hour;
    if (!state_.watts || moment >= state_.last)
        return state_.value;
    return state_.value - *state_.watts * millis(state_.last - moment);
}

// What a register of this hour's middle finds missing was drawn in this hour, unless the hour began
// in a gap.
void LiveCounter::shift(WattMillis correction, WallTime of) noexcept {
    state_.value += correction;
    if (of <= state_.hour || !state_.hour_known)
        state_.at_hour += correction;
    state_.at_register = value_at(of);
    state_.since_complete = state_.watts.has_value();
    state_.published = std::max(state_.published, state_.value);
}

std::optional<LiveCounter::Comparison> LiveCounter::on_register(const RegisterReading& reading,
                                                                WallTime of) {
    if (of < state_.hour && hour_of(of) == of && state_.known)
        return std::nullopt;
    const WattMillis lowest = reading.wh * watt_millis_per_wh + state_.offset;
    const WattMillis highest = lowest + reading.resolution_wh * watt_millis_per_wh - 1;
    const WattMillis now = value_at(of);
    std::optional<Comparison> comparison;
    if (state_.known && last_register_wh_)
        comparison = Comparison{.register_wh = reading.wh - *last_register_wh_,
                                .power_wh = to_wh(now - state_.at_register),
                                .complete = state_.since_complete};
    last_register_wh_ = reading.wh;
    const WattMillis right = state_.known ? std::clamp(now, lowest, highest) : lowest;
    state_.known = true;
    shift(right - now, of);
    return comparison;
}

void LiveCounter::on_new_registers(const RegisterReading& reading, WallTime of) {
    if (state_.known)
        state_.offset = value_at(of) - reading.wh * watt_millis_per_wh;
    last_register_wh_.reset();
    (void)on_register(reading, of);
}

std::optional<std::int64_t> LiveCounter::wh() const noexcept {
    if (!state_.known)
        return std::nullopt;
    return to_wh(state_.published);
}

} // namespace hanport
