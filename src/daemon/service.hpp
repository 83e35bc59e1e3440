// What systemd wants to hear: that the service is ready, alive, and how it is. Without systemd
// nothing happens.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace hanport {

void notify_ready();
void notify_stopping();
/// One line for `systemctl status`.
void notify_status(const std::string& status);
void notify_alive();

/// How long systemd waits for notify_alive(), if it does.
[[nodiscard]] std::optional<std::chrono::microseconds> watchdog_patience();

/// Logs to the journal, with its priorities and fields, when standard error goes there; else to
/// standard error, in colour on a terminal. `level` as in the configuration.
void set_up_logging(const std::string& level);

} // namespace hanport
