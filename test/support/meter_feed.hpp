// A meter in the test's hand: the frames of a simulated one, sent when the test says so.
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

    /// Of the frames to come the next one of a kind: "power", "live", "hourly". Those before it
    /// are passed over.
    [[nodiscard]] Octets frame(std::string_view kind) {
        for (;;)
            if (auto next = simulator_.next(); next.kind == kind)
                return next.octets;
    }

    /// Sends the next one of a kind; what `hanport decode` would tell of it.
    nlohmann::json send(std::string_view kind) { return send_again(frame(kind)); }

    nlohmann::json send_again(const Octets& octets) {
        pty->write(octets);
        return nlohmann::json::parse(decode(octets).lines.at(0));
    }

    std::unique_ptr<Pty> pty = std::make_unique<Pty>();

  private:
    hanport::Simulator simulator_;
};

} // namespace support
