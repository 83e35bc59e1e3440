// hanport doctor: listens to the ports for half a minute like the daemon, and reports the result in
// plain words. It changes and stores nothing.
#include "base/async.hpp"
#include "base/clocks.hpp"
#include "cli/subcommands.hpp"
#include "config/rules.hpp"
#include "daemon/systemd_notify.hpp"
#include "line/serial.hpp"
#include "meter/hour_clock.hpp"
#include "meter/plausibility.hpp"
#include "port/port_counters.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <iostream>

namespace hanport::cli {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;
using meter::Problem;

// Only this last part of the time counts: a meter that sends every 10 s is heard twice in it.
constexpr seconds window = 20s;

struct Options {
    std::string port;
    std::string config = config::default_config_file;
    unsigned seconds = 30;
};

// Data received on one port.
class Patient : public port::PortListener {
  public:
    Patient(boost::asio::io_context& io, const config::PortConfig& config, seconds time)
        : plausibility_({.max_power = config.max_power}), diagnosis_(std::min(time, window), 0s),
          port_(io.get_executor(), config, {}, *this) {
        (void)diagnosis_.observe(PortClock::now(), {.open = true});
        boost::asio::co_spawn(io, port_.run(), base::failing_loudly);
    }

    void stop() { port_.stop(); }

    /// Call this every second while listening.
    void look();

    // Prints the report; true if there is no problem.
    [[nodiscard]] bool report();

  private:
    using PortClock = meter::PortDiagnosis::Time::clock;

    void on_list(port::Port& port, const han::list::List& list) override;
    void on_refusal(port::Port& port, const han::Refusal& refusal) override;
    void on_port_state(port::Port& port, const port::PortState& memory) override;
    [[nodiscard]] Problem cause();
    [[nodiscard]] bool is_polled() const {
        return port_.config().protocol != config::Protocol::han;
    }
    [[nodiscard]] bool report_polled() const;

    meter::PlausibilityFilter plausibility_;
    meter::HourClock clock_;
    meter::PortDiagnosis diagnosis_;
    port::Port port_;
    std::string meter_; // "Kamstrup 6841131BN243101040 5706567000000042"
    std::map<std::string_view, std::uint64_t> refused_; // by the reason's text
    std::vector<std::string> dropped_;
};

void Patient::on_list(port::Port& /*port*/, const han::list::List& list) {
    const base::Instant now = base::look_at_clocks();
    if (!list.meter_id.empty())
        meter_ = std::string(list.manufacturer) + ' ' + list.meter_type + ' ' + list.meter_id;
    else if (meter_.empty() && !list.manufacturer.empty())
        meter_ = std::string(list.manufacturer) + ", which did not name itself";
    if (is_polled())
        return; // no plausibility check and no clock: the daemon has none for such a list either
    for (const auto& finding : plausibility_.check(list, now).dropped)
        if (!finding.numbers.empty())
            dropped_.push_back(finding.quantity + ": " + finding.numbers);
    clock_.on_list(now.wall, list.meter_time);
}

void Patient::on_refusal(port::Port& /*port*/, const han::Refusal& refusal) {
    ++refused_[han::reason(refusal.error).text];
}

void Patient::on_port_state(port::Port& /*port*/, const port::PortState& /*memory*/) {}

// A closed port is reported only at the end: it may still be opening.
void Patient::look() {
    if (port_.stats().state == "open")
        (void)diagnosis_.observe(PortClock::now(), port::port_counters(port_.stats()));
}

Problem Patient::cause() {
    const Problem cause = diagnosis_.observe(PortClock::now(), port::port_counters(port_.stats()));
    if (cause != Problem::ok)
        return cause;
    if (!dropped_.empty())
        return Problem::implausible;
    return clock_.clock_is_off() ? Problem::clock_off : Problem::ok;
}

bool Patient::report() {
    const port::PortStats& stats = port_.stats();
    std::cout << port_.config().device;
    if (!stats.path.empty() && stats.path != port_.config().device)
        std::cout << " (" << stats.path << ')';
    std::cout << ": ";
    if (stats.state != "open")
        std::cout << stats.state << '\n';
    else
        std::cout << "open" << (config::is_tcp(port_.config().device) ? "" : ", ")
                  << (stats.format.empty() ? line::frame_format(stats.parity)
                                           : std::string_view(stats.format))
                  << ", " << stats.bytes << " bytes\n";
    if (!meter_.empty())
        std::cout << "  meter: " << meter_ << '\n';
    for (const auto& [outcome, count] : stats.frames)
        if (port::is_list(outcome))
            std::cout << "  " << count << " × " << port::key(outcome) << " list\n";
    for (const auto& [text, count] : refused_)
        std::cout << "  " << count << " × " << text << '\n';
    for (const std::string& one : dropped_)
        std::cout << "  implausible: " << one << '\n';
    if (is_polled())
        return report_polled();
    const auto& found = row(cause());
    std::cout << "  " << (found.cause == Problem::ok ? "" : "problem: ") << found.text;
    if (found.cause != Problem::ok)
        std::cout << " (" << found.key << ")\n  " << found.advice;
    std::cout << '\n';
    return found.cause == Problem::ok;
}

// The last poll counts.
bool Patient::report_polled() const {
    const port::PortStats& stats = port_.stats();
    if (stats.state == "open" && stats.frames.contains(han::list::ListKind::readout)) {
        std::cout << "  " << row(Problem::ok).text << '\n';
        return true;
    }
    std::cout << "  problem: the meter was not read\n  Check where the optical head sits, wake the "
                 "meter up, and compare protocol with the type of the meter; a slow meter may need "
                 "more than --seconds.\n";
    return false;
}

// The ports of the configuration. A port named on the command line uses its configuration, or the
// defaults.
std::vector<config::PortConfig> ports_of(const Options& options) {
    std::error_code ignored;
    const bool configured = std::filesystem::exists(options.config, ignored);
    auto ports = configured || options.port.empty() ? config::load_config(options.config).ports
                                                    : std::vector<config::PortConfig>{};
    if (options.port.empty())
        return ports;
    if (!config::device_rule.allows(options.port))
        throw config::ConfigError("hanport: " + options.port + " is no port; allowed: " +
                                  std::string(config::device_rule.description));
    for (const auto& port : ports)
        if (port.device == options.port)
            return {port};
    return {config::PortConfig{.device = options.port}};
}

int examine(const Options& options) {
    try {
        const auto ports = ports_of(options);
        daemon::set_up_logging("error");
        boost::asio::io_context io(1);
        const seconds time(options.seconds);
        std::vector<std::unique_ptr<Patient>> patients;
        patients.reserve(ports.size());
        for (const auto& port : ports)
            patients.push_back(std::make_unique<Patient>(io, port, time));
        std::cerr << "hanport: listening for " << options.seconds << " seconds\n";
        for (const auto end = steady_clock::now() + time; steady_clock::now() < end;) {
            io.run_for(std::min<steady_clock::duration>(1s, end - steady_clock::now()));
            for (const auto& patient : patients)
                patient->look();
        }
        bool well = true;
        for (const auto& patient : patients)
            well = patient->report() && well;
        for (const auto& patient : patients)
            patient->stop();
        io.restart();
        io.run_for(1s);
        return well ? success : nothing_found;
    } catch (const config::ConfigError& error) {
        std::cerr << error.what() << '\n';
        return wrong_call;
    }
}

} // namespace

void add_doctor(CLI::App& app, int& status) {
    const auto options = std::make_shared<Options>();
    CLI::App* const command =
        app.add_subcommand("doctor", "Listen for half a minute and report problems in plain words");
    command->add_option("PORT", options->port,
                        "A port as the configuration names it; all of it without");
    command->add_option("--config", options->config, "The configuration")
        ->type_name("FILE")
        ->capture_default_str();
    constexpr unsigned most = 3600;
    command->add_option("--seconds", options->seconds, "How long it listens")
        ->check(CLI::Range(1U, most))
        ->capture_default_str();
    command->footer("The daemon has its ports for itself: stop it first (systemctl stop hanport).\n"
                    "Exit status: 0 all is well, 1 it is not, 2 a wrong call or configuration.");
    command->callback([options, &status] { status = examine(*options); });
}

} // namespace hanport::cli
