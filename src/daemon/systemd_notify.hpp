// Notifications to systemd: ready, alive, status line. Without systemd they have no effect.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace hanport::daemon {

void notify_ready();
void notify_stopping();
/// One line for `systemctl status`.
void notify_status(const std::string& status);
void notify_alive();

/// The watchdog interval for notify_alive(), if systemd has set one.
[[nodiscard]] std::optional<std::chrono::microseconds> watchdog_timeout();

/// Logs to the journal, with its priorities and fields, if standard error is connected to it;
/// otherwise to standard error, in colour on a terminal. `level` is that of the configuration.
void set_up_logging(const std::string& level);

} // namespace hanport::daemon
