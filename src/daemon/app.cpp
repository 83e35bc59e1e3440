// The wiring; see app.hpp.
#include "daemon/app.hpp"

#include "base/async.hpp"
#include "base/clocks.hpp"
#include "daemon/broker_options.hpp"
#include "daemon/systemd_notify.hpp"
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
constexpr auto stop_timeout = 1500ms;

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
              auto& all = meters_.all();
              if (const auto meter = all.find(meter_id); meter != all.end())
                  meter->second.pipeline.set_refused(why);
          }),
      lists_(topics_, *publisher_, store_, delivery_),
      meter_files_(config_.service.state_directory), meter_publisher_(topics_, *publisher_),
      discovery_publisher_(io.get_executor(), topics_,
                           {.version = HANPORT_VERSION,
                            .reactive_energy_class = config_.home_assistant.reactive_energy_class},
                           config_.home_assistant.discovery, *publisher_,
                           [this] { publish_meters(); }),
      // Every output of meters. Two places of the order matter when the process is killed in
      // between. lists_ puts an hourly list on disk before meter_files_ saves the state that knows
      // its registers: the other way round the list would be lost, because with that state it is a
      // repeated one. And meter_files_ writes the live counters before meter_publisher_ publishes
      // them: the other way round they would fall.
      sinks_{&log_, &lists_, &meter_files_, &meter_publisher_, &discovery_publisher_},
      withdrawal_(topics_, *publisher_, discovery_publisher_, store_),
      meters_(config_, topics_, meter_files_, withdrawal_,
              [this](const std::string& meter_id) {
                  for (meter::OutcomeSink* const sink : sinks_)
                      sink->forget(meter_id);
              }),
      port_problems_(config_, topics_, [this](const mqtt::Message& message) { publish(message); }) {
    memory_.number(config_.ports);
    port_problems_.withdraw(memory_.left_numbers());
    for (const store::HourlyRecord& record : store_.newest())
        meters_.restore(record, memory_, base::look_at_clocks());
    for (const config::PortConfig& port : config_.ports)
        ports_.push_back(
            std::make_unique<port::Port>(io.get_executor(), port, memory_.get(port.device), *this));
}

std::unique_ptr<publish::Publisher> App::make_publisher() {
    mqtt::BrokerEvents events{
        .on_connected = [this] { on_connected(); },
        .on_disconnected = [this](const std::string& cause) { on_disconnected(cause); },
        .on_message =
            [this](const mqtt::Message& message) { discovery_publisher_.on_message(message); },
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

// A power list without a number cannot be assigned to a meter; the longer list arrives within
// seconds.
bool App::accepts(port::Port& port, const han::list::List& list) {
    if (is_nobodys(list))
        return true;
    return meters_.accepts(port.config(), list, base::look_at_clocks().steady);
}

void App::on_list(port::Port& port, const han::list::List& list) {
    if (is_nobodys(list))
        return;
    const base::Instant now = base::look_at_clocks();
    pass_on(meters_.pipeline_for(port.config(), list, now).take(list, now));
}

void App::pass_on(const meter::Outcome& outcome) {
    for (meter::OutcomeSink* const sink : sinks_)
        sink->on_outcome(outcome);
}

void App::on_refusal(port::Port& port, const han::Refusal& refusal) {
    const han::Reason reason = han::reason(refusal.error);
    const std::string& device = port.config().device;
    std::string text;
    append_reason(text, refusal);
    spdlog::debug("{}: {}", device, text);
    if (logged_.insert(device + ' ' + std::string(reason.key)).second)
        spdlog::info("{}: {}; from now on this is only counted", device, text);
}

void App::on_port_state(port::Port& port, const port::PortState& memory) {
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
    meter_publisher_.on_connected();
    publish_meters();
    port_problems_.on_connected();
    for (const auto& [id, meter] : meters_.all())
        meter_publisher_.publish_problem(meter.pipeline);
    memory_.drop_left_numbers(); // port_problems_ has removed what was published under them
    withdrawal_.on_connected();
    publish_stats();
    discovery_publisher_.on_connected();
    delivery_.on_connected();
}

void App::on_disconnected(const std::string& cause) {
    spdlog::warn("no connection to the broker at {}: {}; trying again", config_.mqtt.url, cause);
    delivery_.on_disconnected(cause);
}

void App::publish_meters() {
    const base::SteadyTime now = base::look_at_clocks().steady;
    for (const auto& [id, meter] : meters_.all())
        meter_publisher_.publish_values(meter.pipeline, now);
}

void App::publish_stats() {
    publish::ReaderStats reader{
        .uptime = std::chrono::duration_cast<std::chrono::seconds>(
            std::chrono::steady_clock::now() - started_),
        .outbox_depth = store_.depth(),
        .broker_reconnects = connections_ > 0 ? connections_ - 1 : 0,
        .cause = [this](const port::Port& port) {
            return port_problems_.diagnosed(port.config().device).value_or(meter::Problem::ok);
        }};
    for (const auto& [id, meter] : meters_.all())
        for (std::size_t i = 0; i < meter::violation_kinds; ++i)
            if (const auto count = meter.pipeline.dropped()[i]; count > 0)
                reader.dropped[std::string(key(static_cast<meter::ViolationKind>(i)))] += count;
    publish({.topic = topics_.stats(),
             .payload = publish::stats_json(reader, ports_),
             .qos = mqtt::Qos::at_most_once,
             .retain = mqtt::Retain::yes});
}

asio::awaitable<void> App::tick() {
    asio::steady_timer timer(io_);
    const auto timeout = watchdog_timeout();
    const auto interval =
        std::min<std::chrono::steady_clock::duration>(tick_interval, timeout.value_or(1h) / 2);
    for (auto next_stats = started_ + stats_interval; !stopping_;) {
        timer.expires_after(interval);
        co_await timer.async_wait(asio::use_awaitable);
        const base::Instant now = base::look_at_clocks();
        port_problems_.observe(now.steady, ports_, [this](const std::string& device) {
            return meters_.has_pushed_meter(device);
        });
        for (auto& [id, meter] : meters_.all()) {
            if (auto corrections = meter_files_.changed_corrections(id))
                meter.pipeline.correct(std::move(*corrections));
            pass_on(meter.pipeline.tick(now, port_problems_.diagnosed(meter.device)));
        }
        if (now.steady >= next_stats) {
            next_stats = now.steady + stats_interval - interval / 2; // at the nearest tick
            on_minute();
        }
        if (timeout)
            notify_alive();
    }
}

void App::on_minute() {
    publish_stats();
    memory_.keep();
    (void)store_.keep();
    delivery_.on_minute(publisher_->connected());
    notify_status(std::to_string(meters_.all().size()) + " meters, broker " +
                  (publisher_->connected() ? "connected, " : "not connected, ") +
                  std::to_string(store_.depth()) + " hourly lists waiting");
}

void App::stop() {
    stopping_ = true;
    notify_stopping();
    for (const auto& port : ports_)
        port->stop();
    const base::Instant now = base::look_at_clocks();
    for (const auto& [id, meter] : meters_.all())
        pass_on(meter.pipeline.stop(now));
    memory_.keep();
    (void)store_.keep(); // errors of this write are logged at the end
    publish({.topic = topics_.status(),
             .payload = std::string(publish::offline),
             .qos = mqtt::Qos::at_least_once,
             .retain = mqtt::Retain::yes});
    publisher_->stop(stop_timeout);
    io_.stop();
}

} // namespace hanport::daemon
