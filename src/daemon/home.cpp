// Plausibility filter, counters and capacity charge in the daemon; see home.hpp.
#include "daemon/home.hpp"

#include "meter/saved_state.hpp"
#include "port/port_counters.hpp"
#include "publish/meter_messages.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace hanport::daemon {

using meter::Cause;

namespace {

using namespace std::chrono_literals;

// If an hourly list is lost, the hour is stored without it, this long after the list was due.
constexpr auto patience_with_registers = 5min;

void set_live(meter::Meter& meter, std::string_view energy, const meter::LiveCounter& counter,
              base::SteadyTime now) {
    if (!counter.has_begun())
        return;
    const auto wh = counter.wh();
    meter.set(std::string(energy).append(meter::live_suffix),
              {.value = han::Decimal::of_signed(wh.value_or(0)),
               .unit = han::cosem::Unit::watt_hour,
               .received = now,
               .known = wh.has_value()});
}

void set_live(meter::Meter& meter, const meter::HomeMeter& home, base::SteadyTime now) {
    set_live(meter, "active_energy_import", home.imported(), now);
    set_live(meter, "active_energy_export", home.exported(), now);
}

meter::HomeOptions options_of(const config::Config& config, const std::string& meter_id) {
    meter::HomeOptions options;
    if (const config::TariffConfig* const tariff = config::tariff_of(config, meter_id))
        options.tariff = tariff->options;
    return options;
}

} // namespace

Home::Home(const config::Config& config, const publish::Topics& topics,
           std::function<void(const mqtt::Message& message)> publish)
    : config_(config), topics_(topics), publish_(std::move(publish)),
      port_problems_(config, topics, publish_) {}

Home::Known& Home::known(const std::string& meter_id, const config::PortConfig* port) {
    if (const auto found = homes_.find(meter_id); found != homes_.end())
        return found->second;
    store::HomeFile file(config_.service.state_directory, meter_id);
    const meter::HomeOptions options = options_of(config_, meter_id);
    auto loaded = file.take();
    store::Checkpoint checkpoint(config_.service.state_directory, meter_id);
    // After a crash the counters are known; everything else since the last hour is lost.
    if (const auto counters = checkpoint.read(); counters && loaded && !loaded->clean) {
        loaded->state.import = counters->import;
        loaded->state.exported = counters->exported;
        loaded->clean = true;
    }
    if (loaded) {
        const meter::Guards::Options guards{.max_power =
                                                port != nullptr ? port->max_power : std::nullopt};
        for (const std::string& finding :
             meter::put_right(loaded->state, guards, std::chrono::system_clock::now()))
            spdlog::error("meter {}: {}", meter_id, finding);
    }
    Known home{.file = std::move(file),
               .meter = loaded ? meter::HomeMeter(options, loaded->state, loaded->clean)
                               : meter::HomeMeter(options),
               .checkpoint = std::move(checkpoint),
               .saved = loaded ? loaded->saved : base::WallTime{},
               .device = port != nullptr ? port->device : std::string()};
    (void)home.file.corrections_changed();
    home.meter.correct(home.file.corrections());
    return homes_.emplace(meter_id, std::move(home)).first->second;
}

void Home::restore(meter::Meter& meter, const config::PortConfig* port,
                   const store::HourlyRecord& hourly) {
    Known& home = known(meter.snapshot().meter_id, port);
    home.meter.restore(hourly.received, hourly.clock);
    meter.set_tariff(home.meter.tariff().has_value());
    set_live(meter, home.meter, {});
}

Home::Judged Home::judge(const port::Port& port, const std::string& meter_id,
                         const han::list::List& list, base::Instant now) {
    Known& home = known(meter_id, &port.config());
    home.device = port.config().device;
    home.heard = true;
    // For each list: a restored meter may be heard on a port that was not known before.
    home.meter.set_max_power(port.config().max_power);
    const auto outcome = home.meter.take(list, now);
    tell(meter_id, home, outcome, now.wall);
    // Counters after a crash would not match the saved state.
    home.save_now = !outcome.judgement.accepted.empty();
    if (outcome.judgement.dropped.empty())
        return {.list = &list, .kind = outcome.kind};
    judged_ = list;
    std::erase_if(judged_.readings, [&](const auto& reading) {
        const auto* const quantity = han::cosem::quantity(reading.obis);
        return quantity != nullptr && outcome.judgement.drops(quantity->name);
    });
    return {.list = &judged_, .kind = outcome.kind};
}

// Each violation is logged once, until a change has been accepted.
void Home::tell(const std::string& meter_id, Known& home, const meter::HomeMeter::Outcome& outcome,
                base::WallTime now) {
    const auto event = [&](std::string_view what, std::string_view reason,
                           const std::string& quantity, const std::string& numbers) {
        publish_(publish::event_message(topics_, meter_id, what, reason, quantity, numbers, now));
    };
    const auto tell_once = [&](const meter::Finding& finding, std::string_view what,
                               std::string_view words) {
        if (finding.numbers.empty())
            return; // already reported for the whole list
        if (!home.told.insert(std::string(key(finding.doubt)) + ' ' + finding.quantity).second)
            return;
        event(what, key(finding.doubt), finding.quantity, finding.numbers);
        spdlog::warn("meter {}: {} {}({}): {}; from now on this is only counted", meter_id, words,
                     finding.quantity.empty() ? "" : finding.quantity + ' ', key(finding.doubt),
                     finding.numbers);
    };
    for (const meter::Finding& finding : outcome.judgement.dropped)
        tell_once(finding, "dropped", "dropped");
    for (const meter::Finding& finding : outcome.warnings)
        tell_once(finding, "warning", "published, but the scale of power or register is wrong:");
    for (std::size_t i = 0; i < outcome.judgement.accepted.size(); ++i) {
        const std::string& quantity = outcome.judgement.accepted[i];
        const std::string& numbers = outcome.judgement.numbers[i];
        event("accepted", "", quantity, numbers);
        spdlog::warn("meter {}: {} has changed {} and stayed so; accepted", meter_id, quantity,
                     numbers);
        home.told.clear();
    }
}

void Home::update(meter::Meter& meter, const han::list::List& list, base::Instant now) {
    const std::string& id = meter.snapshot().meter_id;
    Known& home = known(id, nullptr);
    meter.set_tariff(home.meter.tariff().has_value());
    set_live(meter, home.meter, now.steady);
    home.checkpoint.write(
        {.import = home.meter.imported().state(), .exported = home.meter.exported().state()});
    if (list.kind != han::list::ListKind::power)
        publish_tariff(id, home, now.wall);
    save_if_due(home, now.wall);
}

void Home::publish_tariff(const std::string& meter_id, const Known& home,
                          base::WallTime now) const {
    if (const auto view = home.meter.tariff_now(now))
        publish_(publish::tariff_message(topics_, meter_id, *home.meter.tariff(), *view));
}

void Home::publish_cause(const std::string& meter_id, Known& home, Cause cause) {
    const std::string detail = cause == Cause::broker_refuses ? home.refused : std::string();
    if (home.cause == cause && home.detail == detail)
        return;
    const meter::CauseRow& found = row(cause);
    if (cause != Cause::ok)
        spdlog::warn("meter {}: {} ({}). {}", meter_id, found.text, found.key, found.advice);
    else if (home.cause)
        spdlog::info("meter {}: {}", meter_id, found.text);
    home.cause = cause;
    home.detail = detail;
    publish_(publish::problem_message(topics_, meter_id, cause, detail));
}

void Home::set_refused(const std::string& meter_id, const std::string& why) {
    if (const auto home = homes_.find(meter_id); home != homes_.end())
        home->second.refused = why;
}

void Home::forget(const std::string& meter_id) {
    const auto home = homes_.find(meter_id);
    if (home == homes_.end())
        return;
    home->second.checkpoint.remove();
    homes_.erase(home);
}

void Home::on_connected() {
    port_problems_.on_connected();
    for (const auto& [id, home] : homes_)
        if (home.cause)
            publish_(publish::problem_message(topics_, id, *home.cause, home.detail));
}

// Once an hour: with the hour's registers, or later without them; for the first time when a
// register is known.
void Home::save_if_due(Known& home, base::WallTime now) {
    const base::WallTime hour = meter::hour_of(now);
    if (!std::exchange(home.save_now, false)) {
        if ((home.saved >= hour && home.saved <= now) || !home.meter.imported().has_begun())
            return;
        const auto& registers = home.meter.register_hour();
        if (!(registers && *registers >= hour) && now - hour < patience_with_registers)
            return;
    }
    home.saved = now;
    home.file.save(home.meter.state(), now);
}

void Home::on_tick(base::Instant now, std::span<const std::unique_ptr<port::Port>> ports,
                   const std::map<std::string, meter::Meter>& meters) {
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const port::Port& port = *ports[i];
        if (port.config().protocol != config::Protocol::han)
            continue; // a polled meter is reported by the state of its port
        const meter::PortFacts facts = port::port_facts(port.stats());
        const Cause cause = diagnoses_[&port].observe(now.steady, facts);
        causes_[&port] = cause;
        port_problems_.set(i, cause, facts.lists() > 0,
                           std::ranges::any_of(homes_, [&port](const auto& home) {
                               return home.second.device == port.config().device;
                           }));
    }
    for (auto& [id, home] : homes_) {
        if (home.file.corrections_changed()) {
            home.meter.correct(home.file.corrections());
            spdlog::info("meter {}: corrections of hours read", id);
            publish_tariff(id, home, now.wall);
        }
        const auto meter = meters.find(id);
        const bool silent = meter != meters.end() && !meter->second.is_online(now.steady);
        const auto port = std::ranges::find_if(
            ports, [&home](const auto& each) { return each->config().device == home.device; });
        if (port == ports.end())
            continue;
        const Cause of_port = causes_[port->get()];
        // Meters beyond the limit are a problem of the port, not of the accepted meters.
        if (of_port != Cause::ok && of_port != Cause::too_many_meters)
            publish_cause(id, home, of_port);
        else if (!home.heard)
            continue; // not known yet
        else if (silent)
            publish_cause(id, home, Cause::meter_stopped);
        else if (!home.refused.empty())
            publish_cause(id, home, Cause::broker_refuses);
        else if (home.meter.guards().in_doubt(now.steady))
            publish_cause(id, home, Cause::implausible);
        else
            publish_cause(id, home, home.meter.clock_is_off() ? Cause::clock_off : Cause::ok);
        if (!silent)
            save_if_due(home, now.wall);
    }
}

void Home::stop(base::WallTime now) {
    for (auto& [id, home] : homes_) {
        if (home.file.save_at_end(home.meter.state(), now))
            home.checkpoint.remove(); // otherwise the next start would take the counters from it
    }
}

std::map<std::string, std::uint64_t> Home::dropped() const {
    std::map<std::string, std::uint64_t> sum;
    for (const auto& [id, home] : homes_)
        for (std::size_t i = 0; i < meter::doubts; ++i)
            if (const auto count = home.meter.guards().counts()[i]; count > 0)
                sum[std::string(key(static_cast<meter::Doubt>(i)))] += count;
    return sum;
}

Cause Home::cause(const port::Port& port) const {
    const auto found = causes_.find(&port);
    return found == causes_.end() ? Cause::ok : found->second;
}

} // namespace hanport::daemon
