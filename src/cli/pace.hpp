// Time of commands that run on: waiting for a moment or a signal, and playing at another speed.
#pragma once

#include <chrono>
#include <functional>

namespace CLI {
class App;
}

namespace cli {

/// SIGINT and SIGTERM as something to be waited for. From its making on they end nothing by
/// themselves. One a program.
class Stop {
  public:
    /// Throws std::system_error.
    Stop();
    ~Stop();
    Stop(const Stop&) = delete;
    Stop& operator=(const Stop&) = delete;

    /// Readable as soon as a signal has come; for poll().
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
    [[nodiscard]] bool requested();
    /// False where a signal came before.
    [[nodiscard]] bool wait_until(std::chrono::steady_clock::time_point moment);

    /// While it waits it calls `serve` whenever `descriptor` is readable.
    void serve_meanwhile(int descriptor, std::function<void()> serve);

  private:
    int descriptor_;
    int served_ = -1;
    std::function<void()> serve_;
};

/// Plays what happened at some times in the past at a speed of now.
class Pace {
  public:
    /// `speed`: 1 as it was, 60 sixty times faster, infinity without waiting. Begins now.
    Pace(double speed, Stop& stop) noexcept : speed_(speed), stop_(stop) {}

    /// Waits until the moment that was `since` after the beginning; false where a signal came.
    [[nodiscard]] bool wait(std::chrono::milliseconds since);

  private:
    double speed_;
    Stop& stop_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

/// Adds --speed, a number above 0 or "max".
void add_speed_option(CLI::App& command, double& speed);

} // namespace cli
