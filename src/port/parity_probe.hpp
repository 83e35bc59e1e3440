// Detects the parity of a meter's line by listening.
//
// Meters send bursts: a list, then silence. Only whole bursts that begin after silence are
// evaluated. A burst joined late, or one during which the parity was switched, is ignored. After a
// burst without an intact frame the other parity is tried, in the silence after the burst. Framing
// and parity errors are not required for that (some adapters report none), but with them a shorter
// burst is sufficient. Bytes that continue without silence are evaluated after a time limit. No
// bytes at all prove nothing: lists arrive every 2 to 10 s.
//
// The first intact frame locks the parity. Later damage is treated as noise. Only minutes of bytes
// without one intact frame start the search again; silence between them does not count.
//
// No I/O, no clock: inputs are events with their times, the output is the parity to use.
#pragma once

#include "config/config.hpp"

#include <chrono>
#include <cstddef>

namespace hanport::port {

class ParityProbe {
  public:
    using Clock = std::chrono::steady_clock;

    struct Options {
        std::chrono::milliseconds silence{200}; ///< between bursts, at least
        std::chrono::milliseconds longest_burst{
            4000};                     ///< a longer burst is evaluated without waiting for its end
        std::size_t fewest_bytes = 24; ///< a shorter burst proves nothing (power lists have 41)
        std::size_t fewest_errors = 8; ///< or one with fewer line errors
        std::chrono::minutes timeout{3}; ///< with only damage, until the lock is lost
        std::chrono::seconds longest_silence{
            60}; ///< in that damage; a longer silence restarts the measurement
    };

    /// If `wanted` is none or even, that parity is used without a search. If it is automatic and
    /// `remembered` is none or even, that one is used and locked; otherwise the search begins with
    /// none (8N1).
    ParityProbe(config::Parity wanted, config::Parity remembered, const Options& options);
    ParityProbe(config::Parity wanted, config::Parity remembered)
        : ParityProbe(wanted, remembered, Options{}) {}

    /// The parity to use now: none or even.
    [[nodiscard]] config::Parity parity() const noexcept { return parity_; }
    [[nodiscard]] bool locked() const noexcept { return locked_; }

    /// The line was opened; nothing is known of the octets before.
    void on_open(Clock::time_point now) noexcept;

    /// A frame was intact. Call this before on_bytes() or on_silence() for the same octets, so that
    /// the frame counts for the parity with which it was read.
    void on_intact_frame() noexcept;

    /// Bytes were read, `errors` of them with a framing or parity error. True if this changed
    /// parity().
    [[nodiscard]] bool on_bytes(Clock::time_point now, std::size_t bytes, std::size_t errors);

    /// The line has been silent for Options::silence. True if this changed parity().
    [[nodiscard]] bool on_silence(Clock::time_point now);

  private:
    // Bytes and errors since the last silence, or since the parity was switched.
    struct Burst {
        Clock::time_point begin;
        std::size_t bytes = 0;
        std::size_t errors = 0;
        bool whole = false;
    };

    [[nodiscard]] bool decide(Clock::time_point now);
    void switch_over() noexcept;

    Options options_;
    bool searches_; // no parity is configured
    config::Parity parity_;
    bool locked_;
    Burst burst_;
    bool intact_ = false;            // this burst had an intact frame
    Clock::time_point last_byte_;    // or the time of opening
    Clock::time_point damage_begin_; // of uninterrupted damage while locked
    Clock::time_point damage_end_;
    bool damaged_ = false;
};

} // namespace hanport::port
