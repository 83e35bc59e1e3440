// What is wrong with a port, from its counters: which of them grew lately, and which did not. Told
// counters and time, it does no I/O.
//
// With a header check sequence (HCS) that is right the line is read with the right parity and
// speed. So frames whose header is intact and whose rest never is tell of an adapter that damages
// long frames, and so do frames that are cut off where little else is amiss; bytes without any
// intact header tell of a wrong parity or speed.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>

#include "home/cause.hpp"

namespace hanport {

/// Counters since the start, as a port has them.
struct PortFacts {
    bool open = false;
    std::uint64_t bytes = 0;
    std::uint64_t power_lists = 0;  ///< short ones
    std::uint64_t long_lists = 0;   ///< live, hourly
    std::uint64_t line_errors = 0;  ///< bytes with framing and parity errors
    std::uint64_t damaged = 0;      ///< frames with an intact header and a damaged rest
    std::uint64_t cut = 0;          ///< frames cut off before their end
    std::uint64_t garbage = 0;      ///< damaged headers, bytes outside frames
    std::uint64_t ciphered = 0;     ///< intact, but no key opens them
    std::uint64_t unknown = 0;      ///< intact, readable, and no list that is known
    std::uint64_t beyond_limit = 0; ///< lists of meters beyond max_meters

    [[nodiscard]] std::uint64_t lists() const noexcept { return power_lists + long_lists; }
};

class PortDiagnosis {
  public:
    using Time = std::chrono::steady_clock::time_point;

    /// What happened within `window` decides; a meter that sends every 10 s is heard six times in
    /// the default.
    explicit PortDiagnosis(std::chrono::seconds window = std::chrono::seconds(60),
                           std::chrono::seconds patience_with_port = std::chrono::seconds(5))
        : window_(window), patience_with_port_(patience_with_port) {}

    /// To be called every few seconds. Returns what is wrong at the moment.
    [[nodiscard]] Cause observe(Time now, const PortFacts& facts);

  private:
    struct Sample {
        Time time;
        PortFacts facts;
    };

    std::chrono::seconds window_;
    std::chrono::seconds patience_with_port_;
    std::deque<Sample> samples_; // of the window, oldest first
    std::optional<Time> open_since_;
    std::optional<Time> closed_since_;
    Cause cause_ = Cause::ok;
};

} // namespace hanport
