// All log messages of a port.
#pragma once

#include "base/once_per_outage.hpp"
#include "line/serial.hpp"
#include "port/port.hpp"

#include <spdlog/spdlog.h>

namespace hanport::port {

class PortLog {
  public:
    /// Both must outlive this object.
    PortLog(const config::PortConfig& config, const PortStats& stats)
        : config_(config), stats_(stats) {}

    void on_first_opening() {
        (void)outages_.on_working();
        if (const auto format = line::frame_format(stats_.parity); format.empty())
            spdlog::info("port {}: opened", name());
        else
            spdlog::info("port {}: opened, {} baud {}", name(), config_.baud, format);
    }

    void on_first_asking(std::chrono::seconds interval) {
        spdlog::info("port {}: the meter is polled every {} s by {}", name(), interval.count(),
                     text(config_.protocol));
    }

    void on_silent_meter(const han::Reason& reason, std::chrono::seconds again) {
        if (outages_.on_failure(reason.key))
            spdlog::warn("port {}: {}; polling again every {} s", name(), reason.text,
                         again.count());
    }

    void on_failure(const std::string& cause, bool is_missing) {
        if (is_missing ? outages_.on_missing(cause) : outages_.on_failure(cause))
            spdlog::warn("port {}: {}; trying again until it works", name(), cause);
    }

    void on_wedged(std::chrono::steady_clock::duration silence) {
        if (outages_.on_failure("silent"))
            spdlog::warn("port {}: no byte for {} s; opening it again", name(),
                         std::chrono::duration_cast<std::chrono::seconds>(silence).count());
    }

    void on_working() {
        if (outages_.on_working())
            spdlog::info("port {}: works again", name());
    }

  private:
    // The configured device and the path in use.
    [[nodiscard]] std::string name() const {
        if (stats_.path.empty() || stats_.path == config_.device)
            return config_.device;
        return config_.device + " (" + stats_.path + ")";
    }

    const config::PortConfig& config_;
    const PortStats& stats_;
    base::OncePerOutage outages_;
};

} // namespace hanport::port
