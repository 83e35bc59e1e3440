// Diagnoses a port from its counters: which of them grew recently, and which did not. Input is
// counters and time; no I/O.
//
// A correct header check sequence (HCS) proves that parity and baud rate are correct. So frames
// with an intact header and a damaged rest mean an adapter that damages long frames. Frames that
// are cut off with few other errors mean the same. Bytes without any intact header mean a wrong
// parity or baud rate.
#pragma once

#include "meter/problem.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>

namespace hanport::meter {

/// Counters of a port since the start.
struct PortCounters {
    bool open = false;
    std::uint64_t bytes = 0;
    std::uint64_t power_lists = 0;  ///< short ones
    std::uint64_t long_lists = 0;   ///< live, hourly
    std::uint64_t line_errors = 0;  ///< bytes with framing and parity errors
    std::uint64_t damaged = 0;      ///< frames with an intact header and damage after it
    std::uint64_t cut = 0;          ///< frames that end too early
    std::uint64_t garbage = 0;      ///< damaged headers, bytes outside frames
    std::uint64_t ciphered = 0;     ///< intact, but no key decrypts them
    std::uint64_t unknown = 0;      ///< intact and readable, but not a known list
    std::uint64_t beyond_limit = 0; ///< lists of meters beyond max_meters

    [[nodiscard]] std::uint64_t lists() const noexcept { return power_lists + long_lists; }
};

class PortDiagnosis {
  public:
    using Time = std::chrono::steady_clock::time_point;

    /// The diagnosis uses the events within `window`; with the default, a meter that sends every 10
    /// s is heard six times in it.
    explicit PortDiagnosis(std::chrono::seconds window = std::chrono::seconds(60),
                           std::chrono::seconds port_timeout = std::chrono::seconds(5))
        : window_(window), port_timeout_(port_timeout) {}

    /// Call this every few seconds. Returns the current problem.
    [[nodiscard]] Problem observe(Time now, const PortCounters& facts);

  private:
    struct Sample {
        Time time;
        PortCounters facts;
    };

    std::chrono::seconds window_;
    std::chrono::seconds port_timeout_;
    std::deque<Sample> samples_; // of the window, oldest first
    std::optional<Time> open_since_;
    std::optional<Time> closed_since_;
    Problem cause_ = Problem::ok;
};

} // namespace hanport::meter
