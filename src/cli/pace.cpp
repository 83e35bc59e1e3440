// Waiting; see pace.hpp.
#include "cli/pace.hpp"

#include <CLI/CLI.hpp>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <limits>
#include <system_error>

namespace hanport::cli {

using std::chrono::duration_cast;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

Stop::Stop() {
    sigset_t signals{};
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    if (::sigprocmask(SIG_BLOCK, &signals, nullptr) != 0)
        throw std::system_error(errno, std::generic_category(), "signals");
    descriptor_ = ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (descriptor_ < 0)
        throw std::system_error(errno, std::generic_category(), "signals");
}

Stop::~Stop() {
    ::close(descriptor_);
}

bool Stop::requested() {
    return !wait_until(steady_clock::now());
}

// The signal stays unread, so that the next call reports it again.
bool Stop::wait_until(steady_clock::time_point moment) {
    for (;;) {
        const auto left =
            std::max(duration_cast<nanoseconds>(moment - steady_clock::now()), nanoseconds::zero());
        constexpr nanoseconds::rep second = 1'000'000'000;
        const timespec timeout{.tv_sec = static_cast<time_t>(left.count() / second),
                               .tv_nsec = static_cast<long>(left.count() % second)};
        auto wanted = std::to_array<pollfd>({{descriptor_, POLLIN, 0}, {served_, POLLIN, 0}});
        const int ready = ::ppoll(wanted.data(), wanted.size(), &timeout, nullptr);
        if (ready > 0 && wanted[0].revents != 0)
            return false;
        if (ready > 0)
            serve_();
        if (ready == 0 && steady_clock::now() >= moment)
            return true;
    }
}

void Stop::serve_meanwhile(int descriptor, std::function<void()> serve) {
    served_ = descriptor;
    serve_ = std::move(serve);
}

bool Pace::wait(std::chrono::milliseconds since) {
    const std::chrono::duration<double, std::milli> real(static_cast<double>(since.count()) /
                                                         speed_);
    return stop_.wait_until(begin_ + duration_cast<steady_clock::duration>(real));
}

void add_speed_option(CLI::App& command, double& speed) {
    command
        .add_option_function<std::string>(
            "--speed",
            [&speed](const std::string& text) {
                if (text == "max") {
                    speed = std::numeric_limits<double>::infinity();
                    return;
                }
                const auto [end, error] =
                    std::from_chars(text.data(), text.data() + text.size(), speed);
                if (error != std::errc{} || end != text.data() + text.size() || !(speed > 0))
                    throw CLI::ValidationError("--speed", "is a number above 0, or max");
            },
            "Times faster than real, 0.5 for half as fast; max without waiting")
        ->type_name("N|max")
        ->default_str("1");
}

} // namespace hanport::cli
