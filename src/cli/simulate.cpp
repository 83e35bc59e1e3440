// hanport simulate: a virtual meter on a pseudo terminal, or its lists as a text capture.
#include "cli/pace.hpp"
#include "cli/pty.hpp"
#include "cli/simulate_polled.hpp"
#include "cli/standard_output.hpp"
#include "cli/subcommands.hpp"
#include "cli/text_capture.hpp"
#include "simulator/simulator.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <iostream>

namespace hanport::cli {
namespace {

using namespace std::chrono;
using simulator::MeterTime;
using simulator::SimulatedFrame;

struct Options {
    simulator::SimulatorOptions simulator;
    double speed = 1;
    std::string start;
    std::optional<std::uint64_t> duration; // s
    std::string to = "pty";
    std::string link;
    simulator::PolledMeterOptions polled; // options of polled meters only
};

// A point in time by the meter's clock and by this computer's.
struct Start {
    MeterTime meter;
    CaptureTime utc;
};

MeterTime meter_time(const tm& time) {
    return local_days(year(time.tm_year + 1900) / (time.tm_mon + 1) / time.tm_mday) +
           hours(time.tm_hour) + minutes(time.tm_min) + seconds(time.tm_sec);
}

Start start_now() {
    const auto now = floor<seconds>(system_clock::now());
    const time_t count = system_clock::to_time_t(now);
    tm local{};
    ::localtime_r(&count, &local);
    return {meter_time(local), now};
}

// Local time of this machine.
Start start_at(const std::string& text) {
    tm local{};
    const char* const end = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &local);
    const tm given = local;
    local.tm_isdst = -1;
    const time_t count = ::mktime(&local);
    // mktime changes the 31st of a short month to another day.
    if (end == nullptr || *end != '\0' || local.tm_mday != given.tm_mday)
        throw CLI::ValidationError("--start", "is a time like 2026-11-20T16:59:30");
    return {meter_time(given), floor<milliseconds>(system_clock::from_time_t(count))};
}

// Destination of the frames.
class Sink {
  public:
    virtual ~Sink() = default;
    virtual void write(const SimulatedFrame& frame, milliseconds since) = 0;
    virtual void finish() {}
};

class PtySink : public Sink {
  public:
    explicit PtySink(Pty& pty) : pty_(pty) {}
    void write(const SimulatedFrame& frame, milliseconds /*since*/) override {
        pty_.write(frame.octets);
    }
    void finish() override { pty_.drain(); }

  private:
    Pty& pty_;
};

class TextSink : public Sink {
  public:
    explicit TextSink(CaptureTime start) : start_(start) {}
    void write(const SimulatedFrame& frame, milliseconds since) override {
        line_.clear();
        append_burst(line_, start_ + since, frame.octets);
        output_.write(line_);
    }

  private:
    CaptureTime start_;
    std::string line_;
    StandardOutput output_;
};

void run(const Options& options, simulator::Simulator& simulator, double speed, Sink& sink,
         Stop& stop) {
    Pace pace(speed, stop);
    for (;;) {
        const SimulatedFrame frame = simulator.next();
        const milliseconds since = frame.at - options.simulator.start + frame.fraction;
        if ((options.duration && since >= seconds(*options.duration)) || !pace.wait(since))
            break;
        sink.write(frame, since);
    }
    sink.finish();
}

bool is_polled(const std::string& model) {
    const auto polled = simulator::polled_meter_models();
    return std::ranges::find(polled, model) != polled.end();
}

int simulate(Options& options) {
    simulator::PolledMeterOptions& polled = options.polled;
    if (is_polled(options.simulator.model)) {
        if (options.to != "pty")
            throw CLI::ValidationError("--to", "this meter is polled, which needs a pty");
        if (options.duration || !options.start.empty() || options.speed != 1)
            throw CLI::ValidationError("--duration, --start, --speed", "are for meters that push");
        polled.model = options.simulator.model;
        polled.meter_id = options.simulator.meter_id;
        polled.seed = options.simulator.seed;
        polled.noise = options.simulator.noise;
        return simulate_polled(polled, options.link);
    }
    if (polled.echo || polled.asleep > 0)
        throw CLI::ValidationError(polled.echo ? "--echo" : "--asleep", "is for polled meters");
    const Start start = options.start.empty() ? start_now() : start_at(options.start);
    options.simulator.start = start.meter;
    simulator::Simulator simulator(options.simulator);
    Stop stop;
    if (options.to == "stdout") {
        TextSink sink(start.utc);
        run(options, simulator, INFINITY, sink, stop);
        return success;
    }
    Pty pty(options.link, stop);
    StandardOutput().write(pty.path() + "\n");
    std::cerr << "hanport: " << options.simulator.model << " on " << pty.path()
              << "; Ctrl-C ends it\n";
    // Without pauses between frames, it waits until a program reads them.
    if (std::isinf(options.speed) && !pty.wait_for_reader())
        return success;
    PtySink sink(pty);
    run(options, simulator, options.speed, sink, stop);
    return success;
}

std::vector<std::string> model_names() {
    std::vector<std::string> names;
    for (const std::string_view name : simulator::simulator_models())
        names.emplace_back(name);
    for (const std::string_view name : simulator::polled_meter_models())
        names.emplace_back(name);
    return names;
}

} // namespace

void add_simulate(CLI::App& app, int& status) {
    const auto options = std::make_shared<Options>();
    CLI::App* const command = app.add_subcommand(
        "simulate", "Run a virtual meter on a pseudo terminal and print its path");
    command->add_option("--meter", options->simulator.model, "Model of the meter")
        ->check(CLI::IsMember(model_names()))
        ->capture_default_str();
    command->add_option("--meter-id", options->simulator.meter_id,
                        "The meter's number; derived from the seed by default");
    command
        ->add_option("--noise", options->simulator.noise,
                     "Share of the frames or answers that are damaged, 0 to 1")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command->add_option("--seed", options->simulator.seed, "Same seed, same household")
        ->capture_default_str();
    add_speed_option(*command, options->speed);
    command->add_option("--start", options->start,
                        "The meter's clock at the beginning, 2026-11-20T16:59:30; now without it");
    command->add_option("--duration", options->duration,
                        "Seconds of meter time after which it ends; runs on without it");
    command
        ->add_option("--to", options->to, "pty, or stdout: a text capture, written without waiting")
        ->check(CLI::IsMember({"pty", "stdout"}))
        ->capture_default_str();
    command->add_option("--link", options->link,
                        "A symbolic link to the pseudo terminal, removed at the end");
    command->add_flag("--echo", options->polled.echo,
                      "Echo each request first, as many optical heads do");
    command->add_option("--asleep", options->polled.asleep,
                        "Number of requests that the meter ignores before it answers");
    command->footer("The other side of the pseudo terminal is a serial port to programs. While "
                    "nobody has it open, what the meter sends is lost, as on a real line; with "
                    "--speed max the meter waits for its first reader.");
    command->callback([options, &status] { status = simulate(*options); });
}

} // namespace hanport::cli
