// Passes a list through the plausibility filter, counters and tariff; see analytics.hpp.
#include "meter/analytics.hpp"

#include <array>

namespace hanport::meter {
namespace {

using namespace std::chrono_literals;

// Registers and power are compared over an hour, or nearly one.
constexpr auto comparing_time = 55min;

// A quantity's number in its right unit; null if the list does not have it or it was dropped.
const han::Decimal* number_of(const han::list::List& list, std::string_view name,
                              const CheckResult& result) {
    if (result.drops(name))
        return nullptr;
    for (const auto& reading : list.readings) {
        const auto* const quantity = han::cosem::quantity(reading.obis);
        if (quantity != nullptr && quantity->name == name && reading.unit == quantity->unit)
            return std::get_if<han::Decimal>(&reading.value);
    }
    return nullptr;
}

} // namespace

MeterAnalytics::MeterAnalytics(const AnalyticsOptions& options) : plausibility_({}) {
    if (options.tariff)
        tariff_.emplace(*options.tariff);
}

MeterAnalytics::MeterAnalytics(const AnalyticsOptions& options, const AnalyticsState& state,
                               bool clean)
    : plausibility_({}, state.plausibility) {
    import_.counter = LiveCounter(state.import, clean);
    export_.counter = LiveCounter(state.exported, clean);
    if (!options.tariff) {
        kept_hours_ = state.hours;
        return;
    }
    tariff_.emplace(*options.tariff, state.hours);
    tariff_->restore(state.last_register);
}

// Power first: it is integrated up to now. The registers are of the past hour or of now.
MeterAnalytics::Outcome MeterAnalytics::take(const han::list::List& list, base::Instant now) {
    Outcome outcome{.result = plausibility_.check(list, now), .warnings = {}, .kind = list.kind};
    clock_.on_list(now.wall, list.meter_time);
    const std::array<Direction*, 2> directions{&import_, &export_};
    for (Direction* const direction : directions)
        if (const auto* const power = number_of(list, direction->power, outcome.result))
            take_power(*direction, *power, now);
    if (list.kind != han::list::ListKind::hourly)
        return outcome;
    outcome.kind = han::list::ListKind::live;
    if (outcome.result.repeated)
        return outcome;
    const RegisterMoment moment = clock_.on_registers(now, list.meter_time);
    if (moment.first)
        outcome.kind = list.kind;
    for (Direction* const direction : directions)
        if (const auto* const energy = number_of(list, direction->energy, outcome.result))
            take_register(*direction, *energy, moment, now, outcome);
    return outcome;
}

void MeterAnalytics::take_power(Direction& direction, const han::Decimal& number,
                                base::Instant now) {
    const auto watts = to_integer(number);
    if (!watts)
        return;
    const auto ended = direction.counter.on_power(now, *watts);
    if (ended && tariff_ && &direction == &import_)
        tariff_->on_estimate(ended->begin, to_wh(ended->energy));
}

void MeterAnalytics::take_register(Direction& direction, const han::Decimal& number,
                                   const RegisterMoment& moment, base::Instant now,
                                   Outcome& outcome) {
    const auto reading = RegisterReading::of(number);
    if (!reading)
        return;
    const bool is_new_kind = outcome.result.accepts(direction.energy);
    if (is_new_kind)
        direction.counter.on_new_registers(*reading, moment.time, now);
    else if (const auto comparison = direction.counter.on_register(*reading, moment.time, now))
        compare(direction, *comparison, now.at(moment.time), outcome);
    if (!moment.hour || &direction != &import_)
        return;
    register_hour_ = moment.hour;
    if (!tariff_)
        return;
    if (is_new_kind)
        tariff_->on_new_registers();
    tariff_->on_register(now.at(*moment.hour), reading->wh);
}

void MeterAnalytics::compare(Direction& direction, const LiveCounter::Comparison& comparison,
                             base::Instant of, Outcome& outcome) {
    LiveCounter::Comparison& sum = direction.compared;
    sum.register_wh += comparison.register_wh;
    sum.power_wh += comparison.power_wh;
    sum.complete = sum.complete && comparison.complete;
    if (!direction.compared_since)
        // An hourly register is compared with the one an hour before.
        direction.compared_since = of.wall == hour_of(of.wall) ? of.steady - 1h : of.steady;
    if (of.steady - *direction.compared_since < comparing_time)
        return;
    if (sum.complete)
        if (auto violation =
                plausibility_.compare(std::string(direction.energy), sum.register_wh, sum.power_wh))
            outcome.warnings.push_back(std::move(*violation));
    sum = {.complete = true};
    direction.compared_since = of.steady;
}

std::optional<TariffNow> MeterAnalytics::tariff_now(base::WallTime now) const {
    const LiveCounter::State& state = import_.counter.state();
    if (!tariff_ || !state.watts)
        return std::nullopt;
    // In an hour without data, the consumption so far is taken to be 0.
    const WattMillis consumed = state.hour == hour_of(now) ? import_.counter.this_hour() : 0;
    return tariff_->view(now, to_wh(std::max<WattMillis>(consumed, 0)), *state.watts);
}

void MeterAnalytics::correct(TariffCorrections corrections) {
    if (tariff_)
        tariff_->correct(std::move(corrections));
}

AnalyticsState MeterAnalytics::state() const {
    AnalyticsState state{.import = import_.counter.state(),
                         .exported = export_.counter.state(),
                         .plausibility = plausibility_.state(),
                         .hours = tariff_ ? tariff_->hours() : kept_hours_,
                         .last_register = {}};
    if (tariff_)
        state.last_register = tariff_->last_register();
    return state;
}

} // namespace hanport::meter
