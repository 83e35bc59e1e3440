// A list's way through guards, counters and tariff; see home_meter.hpp.
#include "home/home_meter.hpp"

#include <array>

namespace hanport {
namespace {

using namespace std::chrono_literals;

// Registers and power are compared over an hour of them, or what is nearly one.
constexpr auto comparing_time = 55min;

// The number of a quantity in its right unit; null where the list has none or it is dropped.
const han::Decimal* number_of(const han::list::List& list, std::string_view name,
                              const Judgement& judgement) {
    if (judgement.drops(name))
        return nullptr;
    for (const auto& reading : list.readings) {
        const auto* const quantity = han::cosem::quantity(reading.obis);
        if (quantity != nullptr && quantity->name == name && reading.unit == quantity->unit)
            return std::get_if<han::Decimal>(&reading.value);
    }
    return nullptr;
}

} // namespace

HomeMeter::HomeMeter(const HomeOptions& options) : guards_(options.guards) {
    if (options.tariff)
        tariff_.emplace(*options.tariff);
}

HomeMeter::HomeMeter(const HomeOptions& options, const HomeState& state, bool clean)
    : guards_(options.guards, state.guards) {
    import_.counter = LiveCounter(state.import, clean);
    export_.counter = LiveCounter(state.exported, clean);
    if (!options.tariff) {
        kept_hours_ = state.hours;
        return;
    }
    tariff_.emplace(*options.tariff, state.hours);
    tariff_->restore(state.last_register);
}

// Power first: it says what flowed until now. The registers then are of the past hour or of now.
HomeMeter::Outcome HomeMeter::take(const han::list::List& list, WallTime now) {
    Outcome outcome{.judgement = guards_.judge(list, now), .warnings = {}};
    clock_.on_list(now, list.meter_time);
    const std::array<Direction*, 2> directions{&import_, &export_};
    for (Direction* const direction : directions)
        if (const auto* const power = number_of(list, direction->power, outcome.judgement))
            take_power(*direction, *power, now);
    std::optional<RegisterMoment> moment;
    for (Direction* const direction : directions)
        if (const auto* const energy = number_of(list, direction->energy, outcome.judgement)) {
            if (!moment)
                moment = clock_.on_registers(now, list.meter_time);
            take_register(*direction, *energy, outcome.judgement.accepts(direction->energy),
                          *moment, outcome);
        }
    return outcome;
}

void HomeMeter::take_power(Direction& direction, const han::Decimal& number, WallTime now) {
    const auto watts = whole(number);
    if (!watts)
        return;
    const auto ended = direction.counter.on_power(now, *watts);
    if (ended && tariff_ && &direction == &import_)
        tariff_->on_estimate(ended->begin, to_wh(ended->energy));
}

void HomeMeter::take_register(Direction& direction, const han::Decimal& number, bool is_new_kind,
                              const RegisterMoment& moment, Outcome& outcome) {
    const auto reading = RegisterReading::of(number);
    if (!reading)
        return;
    if (is_new_kind)
        direction.counter.on_new_registers(*reading, moment.time);
    else if (const auto comparison = direction.counter.on_register(*reading, moment.time))
        compare(direction, *comparison, moment.time, outcome);
    if (!moment.hour || &direction != &import_)
        return;
    register_hour_ = moment.hour;
    if (!tariff_)
        return;
    if (is_new_kind)
        tariff_->on_new_registers();
    tariff_->on_register(*moment.hour, reading->wh);
}

void HomeMeter::compare(Direction& direction, const LiveCounter::Comparison& comparison,
                        WallTime of, Outcome& outcome) {
    LiveCounter::Comparison& sum = direction.compared;
    sum.register_wh += comparison.register_wh;
    sum.power_wh += comparison.power_wh;
    sum.complete = sum.complete && comparison.complete;
    if (!direction.compared_since)
        // An hourly register is compared with the one of an hour before.
        direction.compared_since = of == hour_of(of) ? of - 1h : of;
    if (of - *direction.compared_since < comparing_time)
        return;
    if (sum.complete)
        if (auto finding =
                guards_.compare(std::string(direction.energy), sum.register_wh, sum.power_wh))
            outcome.warnings.push_back(std::move(*finding));
    sum = {.complete = true};
    direction.compared_since = of;
}

std::optional<TariffNow> HomeMeter::tariff_now(WallTime now) const {
    const LiveCounter::State& state = import_.counter.state();
    if (!tariff_ || !state.watts)
        return std::nullopt;
    // In an hour of which nothing is known yet nothing was drawn yet.
    const WattMillis consumed = state.hour == hour_of(now) ? import_.counter.this_hour() : 0;
    return tariff_->view(now, to_wh(std::max<WattMillis>(consumed, 0)), *state.watts);
}

void HomeMeter::correct(TariffCorrections corrections) {
    if (tariff_)
        tariff_->correct(std::move(corrections));
}

HomeState HomeMeter::state() const {
    HomeState state{.import = import_.counter.state(),
                    .exported = export_.counter.state(),
                    .guards = guards_.state(),
                    .hours = tariff_ ? tariff_->hours() : kept_hours_,
                    .last_register = {}};
    if (tariff_)
        state.last_register = tariff_->last_register();
    return state;
}

} // namespace hanport
