// A meter controlled by the test: sends the frames of a simulated meter on request.
#pragma once

#include "simulator/simulator.hpp"
#include "support/collector.hpp"
#include "support/pty.hpp"

#include <nlohmann/json.hpp>

#include <memory>

namespace support {

class MeterFeed {
  public:
    explicit MeterFeed(const std::string& model, std::uint64_t seed = 1)
        : simulator_({.model = model,
                      .seed = seed,
                      .start = std::chrono::local_days(std::chrono::year(2026) / 11 / 20) +
                               std::chrono::hours(3)}) {}

    /// The next frame of a kind: "power", "live", "hourly". Skips the frames before it.
    [[nodiscard]] Octets frame(std::string_view kind) {
        for (;;)
            if (auto next = simulator_.next(); next.kind == kind)
                return next.octets;
    }

    /// Sends the next frame of a kind; returns the output of `hanport decode` for it.
    nlohmann::json send(std::string_view kind) { return send_again(frame(kind)); }

    nlohmann::json send_again(const Octets& octets) {
        pty->write(octets);
        return nlohmann::json::parse(decode(octets).lines.at(0));
    }

    std::unique_ptr<Pty> pty = std::make_unique<Pty>();

  private:
    hanport::simulator::Simulator simulator_;
};

} // namespace support
