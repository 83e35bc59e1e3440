// The one order in which a list is processed; see meter_pipeline.hpp.
#include "meter/meter_pipeline.hpp"

#include <utility>

namespace hanport::meter {
namespace {

using namespace std::chrono_literals;
using han::list::ListKind;

// If an hourly list is lost, the hour is stored without it, this long after the list was due.
constexpr auto registers_timeout = 5min;

} // namespace

void MeterPipeline::set_analytics(MeterAnalytics analytics, base::WallTime saved) {
    analytics_ = std::move(analytics);
    saved_ = saved;
    snapshot_.has_tariff = analytics_->tariff().has_value();
    set_live_values({});
}

void MeterPipeline::set_polled(const PollTimes& times) {
    polled_ = times;
    lifetime_ = 2 * times.interval + online_lifetime;
    snapshot_.is_polled = true;
    snapshot_.lifetime = 2 * times.publish_interval + online_lifetime;
}

void MeterPipeline::set_max_power(std::optional<std::int64_t> max_power) {
    if (analytics_)
        analytics_->set_max_power(max_power);
}

void MeterPipeline::correct(TariffCorrections corrections) {
    if (!analytics_)
        return;
    analytics_->correct(std::move(corrections));
    corrected_ = true;
}

Outcome MeterPipeline::outcome_at(base::Instant now) const {
    return {.now = now,
            .snapshot = snapshot_,
            .polled = polled_,
            .complete = had_live_ && had_registers_,
            .online = is_online(now.steady)};
}

Outcome MeterPipeline::take(const han::list::List& list, base::Instant now) {
    last_list_ = now.steady;
    was_online_ = true;
    Outcome outcome = outcome_at(now);
    outcome.list = &list;
    outcome.kind = list.kind;
    if (list.kind == ListKind::readout)
        keep_values(list, {}, now.steady);
    else
        analyse(list, outcome);
    // Each readout has all values of the meter.
    had_live_ = had_live_ || outcome.kind == ListKind::live || outcome.kind == ListKind::readout;
    had_registers_ =
        had_registers_ || list.kind == ListKind::hourly || list.kind == ListKind::readout;
    outcome.complete = had_live_ && had_registers_;
    return outcome;
}

void MeterPipeline::analyse(const han::list::List& list, Outcome& outcome) {
    if (!analytics_)
        set_analytics(MeterAnalytics(AnalyticsOptions{}), {});
    const base::Instant now = outcome.now;
    const MeterAnalytics::Outcome checked = analytics_->take(list, now);
    outcome.kind = checked.kind;
    report(checked, outcome.reports);
    keep_values(list, checked.result, now.steady);
    set_live_values(now.steady);
    outcome.counters = {.import = analytics_->imported().state(),
                        .exported = analytics_->exported().state()};
    if (list.kind != ListKind::power)
        outcome.charge = charge(now.wall);
    // Counters after a crash would not match the saved state.
    if (!checked.result.accepted.empty())
        save_now_ = true;
    if (save_is_due(now.wall))
        outcome.state_to_save = analytics_->state();
}

Outcome MeterPipeline::tick(base::Instant now, std::optional<Problem> port) {
    Outcome outcome = outcome_at(now);
    outcome.fell_silent = std::exchange(was_online_, outcome.online) && !outcome.online;
    if (!analytics_)
        return outcome; // a polled meter is reported by the state of its port
    if (std::exchange(corrected_, false))
        outcome.charge = charge(now.wall);
    if (!port)
        return outcome;
    if (const auto cause = problem_now(now.steady, *port))
        outcome.problem = changed_problem(*cause);
    if (outcome.online && save_is_due(now.wall))
        outcome.state_to_save = analytics_->state();
    return outcome;
}

Outcome MeterPipeline::stop(base::Instant now) const {
    Outcome outcome = outcome_at(now);
    outcome.is_last = true;
    if (analytics_)
        outcome.state_to_save = analytics_->state();
    return outcome;
}

void MeterPipeline::keep_values(const han::list::List& list, const CheckResult& result,
                                base::SteadyTime now) {
    if (!list.manufacturer.empty())
        snapshot_.manufacturer = list.manufacturer;
    if (!list.meter_type.empty())
        snapshot_.meter_type = list.meter_type;
    if (!list.list_id.empty())
        snapshot_.list_id = list.list_id;
    for (const auto& reading : list.readings) {
        const auto kind = han::cosem::kind(reading);
        const auto* const number = std::get_if<han::Decimal>(&reading.value);
        const auto* const quantity = han::cosem::quantity(reading.obis);
        if (!kind || number == nullptr || (quantity != nullptr && result.drops(quantity->name)))
            continue;
        snapshot_.values[han::cosem::name(reading)] = {
            .value = *number,
            .unit = reading.unit,
            .received = now,
            .kind = reading.label != nullptr ? kind : std::nullopt};
    }
}

void MeterPipeline::set_live_values(base::SteadyTime now) {
    set_live_value("active_energy_import", analytics_->imported(), now);
    set_live_value("active_energy_export", analytics_->exported(), now);
}

void MeterPipeline::set_live_value(std::string_view energy, const LiveCounter& counter,
                                   base::SteadyTime now) {
    if (!counter.has_begun())
        return;
    const auto wh = counter.wh();
    snapshot_.values[std::string(energy).append(live_suffix)] = {
        .value = han::Decimal::of_signed(wh.value_or(0)),
        .unit = han::cosem::Unit::watt_hour,
        .received = now,
        .known = wh.has_value()};
}

void MeterPipeline::report(const MeterAnalytics::Outcome& checked, std::vector<Report>& reports) {
    const auto report_once = [&](const Violation& violation, Report::Event event) {
        // Without numbers it was already reported for the whole list.
        if (!violation.numbers.empty() &&
            reported_.insert(std::string(key(violation.kind)) + ' ' + violation.quantity).second)
            reports.push_back({.event = event,
                               .reason = violation.kind,
                               .quantity = violation.quantity,
                               .numbers = violation.numbers});
    };
    for (const Violation& violation : checked.result.dropped)
        report_once(violation, Report::Event::dropped);
    for (const Violation& violation : checked.warnings)
        report_once(violation, Report::Event::warning);
    for (std::size_t i = 0; i < checked.result.accepted.size(); ++i) {
        reports.push_back({.event = Report::Event::accepted,
                           .quantity = checked.result.accepted[i],
                           .numbers = checked.result.numbers[i]});
        reported_.clear();
    }
}

// The first that applies masks the others; empty: not known yet.
std::optional<Problem> MeterPipeline::problem_now(base::SteadyTime now, Problem port) const {
    // Meters beyond the limit are a problem of the port, not of the accepted meters.
    if (port != Problem::ok && port != Problem::too_many_meters)
        return port;
    if (!last_list_)
        return std::nullopt;
    if (!is_online(now))
        return Problem::meter_stopped;
    if (!refused_.empty())
        return Problem::broker_refuses;
    if (analytics_->plausibility().is_implausible(now))
        return Problem::implausible;
    return analytics_->clock_is_off() ? Problem::clock_off : Problem::ok;
}

std::optional<ReportedProblem> MeterPipeline::changed_problem(Problem cause) {
    const std::string detail = cause == Problem::broker_refuses ? refused_ : std::string();
    if (problem_ && problem_->cause == cause && problem_->detail == detail)
        return std::nullopt;
    problem_ = {.cause = cause, .detail = detail, .is_first = !problem_};
    return problem_;
}

std::optional<ChargeView> MeterPipeline::charge(base::WallTime now) const {
    if (const auto view = analytics_->tariff_now(now))
        return ChargeView{.tariff = &*analytics_->tariff(), .now = *view};
    return std::nullopt;
}

// Once an hour: with the hour's registers, or later without them; for the first time when a
// register is known.
bool MeterPipeline::save_is_due(base::WallTime now) {
    const base::WallTime hour = hour_of(now);
    if (!std::exchange(save_now_, false)) {
        if ((saved_ >= hour && saved_ <= now) || !analytics_->imported().has_begun())
            return false;
        const auto& registers = analytics_->register_hour();
        if (!(registers && *registers >= hour) && now - hour < registers_timeout)
            return false;
    }
    saved_ = now;
    return true;
}

std::array<std::uint64_t, violation_kinds> MeterPipeline::dropped() const noexcept {
    return analytics_ ? analytics_->plausibility().counts()
                      : std::array<std::uint64_t, violation_kinds>{};
}

} // namespace hanport::meter
