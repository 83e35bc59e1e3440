// Waiting for a time or a signal, and playback at another speed.
#pragma once

#include <chrono>
#include <functional>

namespace CLI {
class App;
}

namespace hanport::cli {

/// SIGINT and SIGTERM as events to wait for. From construction on they no longer end the program.
/// Create only one per program.
class Stop {
  public:
    /// Throws std::system_error.
    Stop();
    ~Stop();
    Stop(const Stop&) = delete;
    Stop& operator=(const Stop&) = delete;

    /// Readable once a signal has arrived; for poll().
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
    [[nodiscard]] bool requested();
    /// Returns false if a signal arrives first.
    [[nodiscard]] bool wait_until(std::chrono::steady_clock::time_point moment);

    /// Calls `serve` during the wait whenever `descriptor` is readable.
    void serve_meanwhile(int descriptor, std::function<void()> serve);

  private:
    int descriptor_;
    int served_ = -1;
    std::function<void()> serve_;
};

/// Plays past events back at a chosen speed.
class Pace {
  public:
    /// `speed`: 1 is the original speed, 60 is sixty times faster, infinity does not wait. Starts
    /// now.
    Pace(double speed, Stop& stop) noexcept : speed_(speed), stop_(stop) {}

    /// Waits until the event `since` after the beginning is due; false if a signal arrives first.
    [[nodiscard]] bool wait(std::chrono::milliseconds since);

  private:
    double speed_;
    Stop& stop_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

/// Adds --speed, a number above 0 or "max".
void add_speed_option(CLI::App& command, double& speed);

} // namespace hanport::cli
