// The wiring; see app.hpp.
#include "daemon/app.hpp"

#include "base/async.hpp"
#include "base/clocks.hpp"
#include "daemon/broker_options.hpp"
#include "daemon/systemd_notify.hpp"
#include "meter/meter_id.hpp"
#include "publish/list_message.hpp"
#include "publish/state.hpp"
#include "publish/stats.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>

namespace hanport::daemon {
namespace {

namespace asio = boost::asio;
using han::list::ListKind;
using namespace std::chrono_literals;

// A year of hours for each port.
constexpr std::size_t kept_lists_per_port = 8784;

// Periodic tasks are slow, and a wake-up costs more than the task itself.
constexpr auto tick_interval = 5s;
constexpr auto stats_interval = 60s;

// systemd kills a service that takes longer; a broker that hangs must not prevent an orderly stop.
constexpr auto stop_patience = 1500ms;

bool is_nobodys(const han::list::List& list) {
    return list.kind == ListKind::power && list.meter_id.empty();
}

} // namespace

App::App(asio::io_context& io, config::Config config, bool to_stdout)
    : io_(io), config_(std::move(config)), to_stdout_(to_stdout), topics_(topics_of(config_)),
      signals_(io, SIGTERM, SIGINT, SIGHUP), lock_(config_.service.state_directory),
      memory_(config_.service.state_directory),
      store_(config_.service.state_directory, kept_lists_per_port * config_.ports.size()),
      publisher_(make_publisher()),
      delivery_(
          store_,
          [this](const mqtt::Message& message, std::uint64_t id) {
              return publisher_->publish(message, id);
          },
          [this](const std::string& meter_id, const std::string& why) {
              home_.set_refused(meter_id, why);
          }),
      readouts_(topics_),
      announcer_(io.get_executor(), topics_,
                 {.version = HANPORT_VERSION,
                  .reactive_energy_class = config_.home_assistant.reactive_energy_class},
                 config_.home_assistant.discovery, *publisher_, [this] { publish_meters(); }),
      withdrawal_(topics_, *publisher_, announcer_, store_), limits_(config_),
      home_(config_, topics_, [this](const mqtt::Message& message) { publish(message); }) {
    memory_.number(config_.ports);
    home_.withdraw_ports(memory_.left_numbers());
    restore_meters();
    for (const config::PortConfig& port : config_.ports)
        ports_.push_back(
            std::make_unique<port::Port>(io.get_executor(), port, memory_.get(port.device), *this));
}

std::unique_ptr<publish::Publisher> App::make_publisher() {
    mqtt::BrokerEvents events{
        .on_connected = [this] { on_connected(); },
        .on_disconnected = [this](const std::string& cause) { on_disconnected(cause); },
        .on_message = [this](const mqtt::Message& message) { announcer_.on_message(message); },
        .on_delivered = [this](std::uint64_t id) { delivery_.on_delivered(id); },
        .on_refused = [this](std::uint64_t id,
                             std::uint8_t reason) { delivery_.on_refused(id, reason); },
        .on_warning = [](const std::string& text) { spdlog::warn("{}", text); },
    };
    if (to_stdout_)
        return publish::make_stdout_publisher(io_.get_executor(), std::move(events));
    const config::MqttConfig& mqtt = config_.mqtt;
    if (mqtt.insecure)
        spdlog::warn(
            "mqtt.insecure is set: any server that answers at {} is accepted as the broker",
            mqtt.url);
    return publish::make_broker_publisher(io_.get_executor(), broker_options(config_),
                                          std::move(events));
}

void App::start() {
    publisher_->start();
    for (const auto& port : ports_)
        asio::co_spawn(io_, port->run(), base::failing_loudly);
    asio::co_spawn(io_, tick(), base::failing_loudly);
    signals_.async_wait([this](const boost::system::error_code& error, int) {
        if (!error)
            stop();
    });
    notify_ready();
}

void App::restore_meters() {
    const base::SteadyTime now = base::look_at_clocks().steady;
    for (const store::HourlyRecord& record : store_.newest()) {
        const std::string& id = record.meter.meter_id;
        if (const unsigned number = meter::port_in_id(id, record.meter.manufacturer);
            number != 0 && std::ranges::find(config_.ports, number, &config::PortConfig::number) ==
                               config_.ports.end()) {
            withdrawal_.add(id); // no port has this number any longer
            continue;
        }
        meter::Meter& meter = meters_.try_emplace(id, id).first->second;
        meter.restore(record.meter);
        const auto port = std::ranges::find_if(config_.ports, [&](const config::PortConfig& each) {
            return memory_.get(each.device).meter_id == id ||
                   meter::id_by_port(record.meter.manufacturer, each.number) == id;
        });
        limits_.remember(id, port == config_.ports.end() ? "" : port->device, now);
        if (record.topic == topics_.list(id, ListKind::readout))
            continue; // it is polled; home_ is for pushed meters
        home_.restore(meter, port == config_.ports.end() ? nullptr : &*port, record);
    }
}

// A power list without a number cannot be assigned to a meter; the longer list arrives within
// seconds.
bool App::accepts(port::Port& port, const han::list::List& list) {
    if (is_nobodys(list))
        return true;
    const auto verdict = limits_.take(meter::meter_id_of(list, port.config().number), port.config(),
                                      base::look_at_clocks().steady);
    forget(verdict.displaced);
    return verdict.accepted;
}

meter::Meter& App::meter_of(const port::Port& port, const han::list::List& list) {
    const config::PortConfig& config = port.config();
    const std::string id = meter::meter_id_of(list, config.number);
    const auto [meter, is_new] = meters_.try_emplace(id, id);
    if (is_new) {
        spdlog::info("meter {} ({} {}) found on {}", id, list.manufacturer, list.meter_type,
                     config.device);
        withdrawal_.cancel(id);
        if (!list.meter_id.empty()) // the device without a number is this meter
            forget(meter::id_by_port(list.manufacturer, config.number));
    }
    return meter->second;
}

void App::forget(const std::string& meter_id) {
    if (meters_.erase(meter_id) == 0)
        return;
    spdlog::info("meter {} is forgotten, and what was published of it is taken back", meter_id);
    online_.erase(meter_id);
    home_.forget(meter_id);
    readouts_.forget(meter_id);
    limits_.forget(meter_id);
    withdrawal_.add(meter_id);
}

void App::on_list(port::Port& port, const han::list::List& list) {
    if (is_nobodys(list))
        return;
    const base::Instant now = base::look_at_clocks();
    meter::Meter& meter = meter_of(port, list);
    if (list.kind == ListKind::readout) {
        on_readout(port, list, meter, now);
        return;
    }
    const std::string& id = meter.snapshot().meter_id;
    const Home::Judged judged = home_.judge(port, id, list, now);
    meter.take(*judged.list, judged.kind, now.steady);
    // The list topic has everything that the meter sent, also values dropped from the state.
    const mqtt::Message message = publish::list_message(topics_, id, list, judged.kind, now.wall);
    if (judged.kind == ListKind::hourly)
        keep(publish::record_of(message, meter, &list, now.wall));
    else
        publish(message);
    // After the list is on disk: its registers, once saved, make the same list a repeated one.
    home_.update(meter, list, now);
    publish_state(meter, now.steady);
    publish_availability(meter, true);
    announcer_.update(meter.snapshot(), meter.complete());
}

void App::keep(const store::HourlyRecord& record) {
    store_.put(record);
    delivery_.pump();
}

void App::on_readout(const port::Port& port, const han::list::List& list, meter::Meter& meter,
                     base::Instant now) {
    const config::PullConfig& pull = port.config().pull;
    meter.is_asked_every(pull.interval, pull.publish_interval);
    meter.take(list, ListKind::readout, now.steady);
    if (const auto due = readouts_.take(pull, meter, list, now))
        publish_readouts({*due}, now.steady);
    publish_availability(meter, true);
    announcer_.update(meter.snapshot(), meter.complete());
}

void App::publish_readouts(const std::vector<publish::Readouts::Due>& all, base::SteadyTime now) {
    for (const publish::Readouts::Due& due : all) {
        const meter::Meter& meter = meters_.at(due.meter_id);
        if (due.lasting)
            keep(publish::record_of(due.message, meter, nullptr, due.received));
        else
            publish(due.message);
        publish_state(meter, now);
    }
}

void App::on_refusal(port::Port& port, const han::Refusal& refusal) {
    const han::Reason reason = han::reason(refusal.error);
    const std::string& device = port.config().device;
    std::string text;
    append_reason(text, refusal);
    spdlog::debug("{}: {}", device, text);
    if (told_.insert(device + ' ' + std::string(reason.key)).second)
        spdlog::info("{}: {}; from now on this is only counted", device, text);
}

void App::on_memory(port::Port& port, const port::PortMemory& memory) {
    memory_.set(port.config().device, memory);
}

void App::on_connected() {
    ++connections_;
    spdlog::info("connected to {}",
                 to_stdout_ ? "standard output" : "the broker at " + config_.mqtt.url);
    publish({.topic = topics_.status(),
             .payload = std::string(publish::online),
             .qos = mqtt::Qos::at_least_once,
             .retain = mqtt::Retain::yes});
    online_.clear();
    publish_meters();
    home_.on_connected();
    memory_.drop_left_numbers(); // home_ has removed what was published under them
    withdrawal_.on_connected();
    publish_stats();
    announcer_.on_connected();
    delivery_.on_connected();
}

void App::on_disconnected(const std::string& cause) {
    spdlog::warn("no connection to the broker at {}: {}; trying again", config_.mqtt.url, cause);
    delivery_.on_disconnected(cause);
}

void App::publish_meters() {
    const base::SteadyTime now = base::look_at_clocks().steady;
    for (const auto& [id, meter] : meters_) {
        publish_availability(meter, meter.is_online(now));
        publish_state(meter, now);
    }
}

void App::publish_state(const meter::Meter& meter, base::SteadyTime now) {
    publish({.topic = topics_.state(meter.snapshot().meter_id),
             .payload = publish::state_json(meter.snapshot(), now)});
}

void App::publish_availability(const meter::Meter& meter, bool is_online) {
    const std::string& id = meter.snapshot().meter_id;
    const auto published = online_.find(id);
    if (!publisher_->connected() || (published != online_.end() && published->second == is_online))
        return;
    online_[id] = is_online;
    publish({.topic = topics_.availability(id),
             .payload = std::string(is_online ? publish::online : publish::offline),
             .qos = mqtt::Qos::at_least_once,
             .retain = mqtt::Retain::yes});
}

void App::publish_stats() {
    const publish::ReaderStats reader{
        .uptime = std::chrono::duration_cast<std::chrono::seconds>(
            std::chrono::steady_clock::now() - started_),
        .outbox_depth = store_.depth(),
        .broker_reconnects = connections_ > 0 ? connections_ - 1 : 0,
        .dropped = home_.dropped(),
        .cause = [this](const port::Port& port) { return home_.cause(port); }};
    publish({.topic = topics_.stats(),
             .payload = publish::stats_json(reader, ports_),
             .qos = mqtt::Qos::at_most_once,
             .retain = mqtt::Retain::yes});
}

void App::check_availability(base::SteadyTime now) {
    for (const auto& [id, meter] : meters_)
        if (const auto published = online_.find(id);
            published != online_.end() && published->second && !meter.is_online(now)) {
            spdlog::warn("meter {} is silent", id);
            publish_availability(meter, false);
        }
}

asio::awaitable<void> App::tick() {
    asio::steady_timer timer(io_);
    const auto patience = watchdog_patience();
    const auto interval =
        std::min<std::chrono::steady_clock::duration>(tick_interval, patience.value_or(1h) / 2);
    for (auto next_stats = started_ + stats_interval; !stopping_;) {
        timer.expires_after(interval);
        co_await timer.async_wait(asio::use_awaitable);
        const base::Instant now = base::look_at_clocks();
        check_availability(now.steady);
        home_.on_tick(now, ports_, meters_);
        publish_readouts(readouts_.overdue(now.steady), now.steady);
        if (now.steady >= next_stats) {
            next_stats = now.steady + stats_interval - interval / 2; // at the nearest tick
            publish_stats();
            memory_.keep();
            (void)store_.keep();
            delivery_.on_minute(publisher_->connected());
            notify_status(std::to_string(meters_.size()) + " meters, broker " +
                          (publisher_->connected() ? "connected, " : "not connected, ") +
                          std::to_string(store_.depth()) + " hourly lists waiting");
        }
        if (patience)
            notify_alive();
    }
}

void App::stop() {
    stopping_ = true;
    notify_stopping();
    for (const auto& port : ports_)
        port->stop();
    const base::Instant now = base::look_at_clocks();
    home_.stop(now.wall);
    publish_readouts(readouts_.rest(), now.steady);
    memory_.keep();
    (void)store_.keep(); // errors of this write are logged at the end
    publish({.topic = topics_.status(),
             .payload = std::string(publish::offline),
             .qos = mqtt::Qos::at_least_once,
             .retain = mqtt::Retain::yes});
    publisher_->stop(stop_patience);
    io_.stop();
}

} // namespace hanport::daemon
