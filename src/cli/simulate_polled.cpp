// Answers requests on a pseudo terminal; see simulate_polled.hpp.
#include "cli/simulate_polled.hpp"

#include "cli/pace.hpp"
#include "cli/pty.hpp"
#include "cli/standard_output.hpp"
#include "cli/subcommands.hpp"

#include <algorithm>
#include <deque>
#include <iostream>

namespace hanport::cli {
namespace {

using namespace std::chrono;

// Interval for checking for requests.
constexpr milliseconds glance{5};

struct Pending {
    steady_clock::time_point when;
    simulator::Answer answer;
};

// At a different speed than the other side's, everything arrives as garbage.
void send(Pty& pty, simulator::Answer answer) {
    constexpr std::uint8_t garbage = 0xFE;
    if (answer.baud != 0 && answer.baud != pty.baud())
        std::ranges::fill(answer.octets, garbage);
    (void)pty.write(answer.octets);
}

} // namespace

int simulate_polled(const simulator::PolledMeterOptions& options, const std::string& link) {
    const auto meter = simulator::make_polled_meter(options);
    Stop stop;
    Pty pty(link, stop);
    StandardOutput().write(pty.path() + "\n");
    std::cerr << "hanport: " << options.model << " on " << pty.path()
              << ", answers requests; Ctrl-C ends it\n";
    const auto begin = steady_clock::now();
    std::deque<Pending> pending;
    while (stop.wait_until(steady_clock::now() + glance)) {
        const auto now = steady_clock::now();
        if (const auto octets = pty.read(); !octets.empty())
            for (simulator::Answer& answer :
                 meter->hear(octets, pty.baud(), duration_cast<milliseconds>(now - begin)))
                pending.push_back({now + answer.after, std::move(answer)});
        while (!pending.empty() && pending.front().when <= now) {
            send(pty, std::move(pending.front().answer));
            pending.pop_front();
        }
    }
    return success;
}

} // namespace hanport::cli
