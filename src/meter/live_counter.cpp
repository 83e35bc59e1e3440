// Integration and reconciliation; see live_counter.hpp.
#include "meter/live_counter.hpp"

#include <algorithm>

namespace hanport::meter {

namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

// A synchronised clock may be adjusted by up to this much.
constexpr auto slight = 10s;

} // namespace

std::optional<RegisterReading> RegisterReading::of(const han::Decimal& number) noexcept {
    const auto wh = to_integer(number);
    if (!wh || *wh < 0)
        return std::nullopt;
    const auto step = to_integer({.magnitude = 1, .exponent = number.exponent});
    return RegisterReading{.wh = *wh, .resolution_wh = std::max<std::int64_t>(step.value_or(1), 1)};
}

LiveCounter::LiveCounter(const State& state, bool clean) : state_(state) {
    if (clean)
        return;
    state_.known = false;
    state_.watts.reset();
    state_.hour_known = state_.hour_complete = state_.since_complete = false;
}

// Energy since the last list, with `watts` as the current power.
WattMillis LiveCounter::flowed(base::WallTime::duration time, std::int64_t watts) const noexcept {
    const auto by_last = std::min<base::WallTime::duration>(time, usual_interval);
    return *state_.watts * millis(by_last) + (*state_.watts + watts) * millis(time - by_last) / 2;
}

std::optional<LiveHour> LiveCounter::on_power(base::Instant now, std::int64_t watts) {
    const bool first = state_.last == base::WallTime{};
    const auto time = base::age(state_.last, heard_, now);
    const auto set_by = heard_ ? now.wall - state_.last - time : 0s;
    const bool is_set = abs(set_by) > slight;
    const bool counts = state_.watts && time >= 0s && time <= longest_hold;
    const WattMillis since_last = counts ? flowed(time, watts) : 0;
    base::WallTime hour = hour_of(now.wall);
    if (heard_ && !is_set)
        hour = std::max(hour, state_.hour); // a clock set back by a second does not repeat an hour
    std::optional<LiveHour> ended;
    if (hour == state_.hour && is_set && set_by < 0s)
        // The hour began later than assumed: the first part of the energy does not belong to it.
        state_.at_hour += (state_.value + since_last - state_.at_hour) /
                          millis(now.wall - set_by - hour) * -millis(set_by);
    if (hour != state_.hour) {
        const bool known = counts && !is_set;
        const WattMillis before =
            counts
                ? flowed(std::clamp<base::WallTime::duration>(time - (now.wall - hour), 0s, time),
                         watts)
                : 0;
        if (!first && hour > state_.hour)
            ended = LiveHour{.begin = state_.hour,
                             .energy = state_.value + before - state_.at_hour,
                             .complete = known && state_.hour_complete};
        state_.at_hour = state_.value + before;
        state_.hour = hour;
        state_.hour_known = state_.hour_complete = known;
    }
    state_.value += since_last;
    state_.hour_complete = state_.hour_complete && counts && !is_set;
    state_.since_complete = state_.since_complete && counts;
    state_.last = now.wall;
    heard_ = now.steady;
    state_.watts = watts;
    if (state_.known)
        state_.published = std::max(state_.published, state_.value);
    return ended;
}

// Known exactly for the last full hour; for a time since then, calculated with the current power.
WattMillis LiveCounter::value_at(base::WallTime moment, base::Instant now) const noexcept {
    if (moment == state_.hour)
        return state_.at_hour;
    const auto last = std::max<base::WallTime::duration>(base::age(state_.last, heard_, now), 0s);
    const auto before_last = now.wall - moment - last;
    if (!state_.watts || before_last <= 0s)
        return state_.value;
    return state_.value - *state_.watts * millis(before_last);
}

std::optional<LiveCounter::Comparison>
LiveCounter::on_register(const RegisterReading& reading, base::WallTime of, base::Instant now) {
    if (of < state_.hour && hour_of(of) == of && state_.known)
        return std::nullopt;
    const WattMillis lowest = reading.wh * watt_millis_per_wh + state_.offset;
    const WattMillis highest = lowest + reading.resolution_wh * watt_millis_per_wh - 1;
    const WattMillis value = value_at(of, now);
    std::optional<Comparison> comparison;
    if (state_.known && last_register_wh_)
        comparison = Comparison{.register_wh = reading.wh - *last_register_wh_,
                                .power_wh = to_wh(value - state_.at_register),
                                .complete = state_.since_complete};
    last_register_wh_ = reading.wh;
    const WattMillis right = state_.known ? std::clamp(value, lowest, highest) : lowest;
    // Energy that a register within this hour adds was drawn in this hour, unless the hour began in
    // a gap, or power was missing since the register before but not in this hour.
    const bool in_hour = state_.known && of > state_.hour && state_.hour_known &&
                         (state_.since_complete || !state_.hour_complete);
    state_.value += right - value;
    if (!in_hour)
        state_.at_hour += right - value;
    state_.known = true;
    state_.at_register = value_at(of, now);
    state_.since_complete = state_.watts.has_value();
    state_.published = std::max(state_.published, state_.value);
    return comparison;
}

void LiveCounter::on_new_registers(const RegisterReading& reading, base::WallTime of,
                                   base::Instant now) {
    if (state_.known)
        state_.offset = value_at(of, now) - reading.wh * watt_millis_per_wh;
    last_register_wh_.reset();
    (void)on_register(reading, of, now);
}

std::optional<std::int64_t> LiveCounter::wh() const noexcept {
    if (!state_.known)
        return std::nullopt;
    return to_wh(state_.published);
}

} // namespace hanport::meter
