// hanport run for tests: with its own configuration, state directory and log; can be started and
// killed repeatedly.
#pragma once

#include "support/process.hpp"

#include <memory>

namespace support {

class Daemon {
  public:
    struct Options {
        std::string device;
        std::string url;              ///< of the broker
        std::string parity = "none";  ///< empty: not in the file
        std::string port{};           ///< more lines of [[port]]
        std::string mqtt{};           ///< more lines of [mqtt]
        std::string home_assistant{}; ///< lines of [home_assistant]
        std::string log_level = "info";
        bool to_stdout = false;
        std::vector<std::string> environment{}; ///< NAME=value
    };

    /// Topics begin with "hanport/", those of the reader with "hanport/reader/pi/".
    explicit Daemon(Options options);
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;

    /// Writes the configuration and starts; ready() waits for the start-up.
    void start();
    /// Starts and waits until the port is open and the broker is connected.
    void start_and_wait();
    /// Sends SIGKILL and discards the log.
    void kill();
    /// Sends SIGTERM; returns the exit status and everything logged.
    [[nodiscard]] Outcome stop();

    /// Waits until this run's log contains `text`; false after `timeout`.
    [[nodiscard]] bool wait_for_log(std::string_view text,
                                    std::chrono::milliseconds timeout = std::chrono::seconds(20));
    [[nodiscard]] Process& process() { return *process_; }

    /// A file of the state directory.
    [[nodiscard]] std::string state(std::string_view name) const;
    /// Number of hourly lists on disk that wait for the broker.
    [[nodiscard]] std::size_t waiting() const;

    Options options; ///< used by the next start
    Folder folder;

  private:
    std::unique_ptr<Process> process_;
};

/// Polls `condition`; false if it does not hold within `timeout`.
template <class Condition>
[[nodiscard]] bool until(const Condition& condition,
                         std::chrono::milliseconds timeout = std::chrono::seconds(20));

/// The pause between two polls.
void look_again_later();

template <class Condition>
bool until(const Condition& condition, std::chrono::milliseconds timeout) {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline)
            return false;
        look_again_later();
    }
    return true;
}

} // namespace support
