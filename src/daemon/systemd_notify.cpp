// systemd's notifications and journal; see systemd_notify.hpp.
#include "daemon/systemd_notify.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/sinks/systemd_sink.h>
#include <spdlog/spdlog.h>
#include <systemd/sd-daemon.h>

#include <cstdlib>
#include <memory>

namespace hanport::daemon {

void notify_ready() {
    sd_notify(0, "READY=1");
}
void notify_stopping() {
    sd_notify(0, "STOPPING=1");
}
void notify_status(const std::string& status) {
    sd_notify(0, ("STATUS=" + status).c_str());
}
void notify_alive() {
    sd_notify(0, "WATCHDOG=1");
}

std::optional<std::chrono::microseconds> watchdog_timeout() {
    std::uint64_t microseconds = 0;
    if (sd_watchdog_enabled(0, &microseconds) <= 0)
        return std::nullopt;
    return std::chrono::microseconds(microseconds);
}

void set_up_logging(const std::string& level) {
    std::shared_ptr<spdlog::sinks::sink> sink;
    if (std::getenv("JOURNAL_STREAM") != nullptr)
        sink = std::make_shared<spdlog::sinks::systemd_sink_mt>("hanport");
    else
        sink = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
    auto logger = std::make_shared<spdlog::logger>("hanport", std::move(sink));
    logger->set_level(spdlog::level::from_str(level == "warning" ? "warn"
                                              : level == "error" ? "err"
                                                                 : level));
    logger->flush_on(spdlog::level::trace);
    spdlog::set_default_logger(std::move(logger));
}

} // namespace hanport::daemon
