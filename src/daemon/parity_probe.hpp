// Which parity a meter's line has, found out by listening.
//
// Meters talk in bursts: a list, then silence. The search judges whole bursts only, those that
// began after silence; what is heard of a burst joined late, or of one during which the parity was
// switched, says nothing. A burst without an intact frame speaks against the parity in use, and the
// other one is tried, in the silence behind it. Framing and parity errors need not be there for
// that (some adapters report none), but where they are, a shorter burst is enough. Bytes that go on
// without silence are judged after a while. No bytes at all mean nothing: lists come every 2 to
// 10 s.
//
// The first intact frame locks. Damage then is taken for noise, and only minutes of bytes without
// one intact frame begin the search anew; silence between them does not count.
//
// No I/O, no clock: told what happens and when, it answers which parity to use.
#pragma once

#include "daemon/config.hpp"

#include <chrono>
#include <cstddef>

namespace hanport {

class ParityProbe {
  public:
    using Clock = std::chrono::steady_clock;

    struct Options {
        std::chrono::milliseconds silence{200};        ///< between bursts, at least
        std::chrono::milliseconds longest_burst{4000}; ///< what goes on longer is judged
        std::size_t fewest_bytes = 24;    ///< a burst of fewer proves nothing (power lists have 41)
        std::size_t fewest_errors = 8;    ///< or of fewer line errors
        std::chrono::minutes patience{3}; ///< with nothing but damage, until the lock is lost
        std::chrono::seconds longest_silence{60}; ///< in that damage; longer, and it begins anew
    };

    /// `wanted` none or even: that is used, nothing is searched. automatic: `remembered` is used
    /// and locked if it is none or even; else the search begins with none (8N1).
    ParityProbe(Parity wanted, Parity remembered, const Options& options);
    ParityProbe(Parity wanted, Parity remembered) : ParityProbe(wanted, remembered, Options{}) {}

    /// What to use now: none or even.
    [[nodiscard]] Parity parity() const noexcept { return parity_; }
    [[nodiscard]] bool locked() const noexcept { return locked_; }

    /// The line was opened; nothing is known of what went on before.
    void on_open(Clock::time_point now) noexcept;

    /// A frame was intact. Told before the on_bytes() or on_silence() that goes with it, so that
    /// the frame counts for the parity it was read with.
    void on_intact_frame() noexcept;

    /// Bytes were read, `errors` of them with a framing or parity error. True if parity() has
    /// changed by it.
    [[nodiscard]] bool on_bytes(Clock::time_point now, std::size_t bytes, std::size_t errors);

    /// The line has been silent for Options::silence. True if parity() has changed by it.
    [[nodiscard]] bool on_silence(Clock::time_point now);

  private:
    // What was heard since the last silence, or since the parity was switched.
    struct Burst {
        Clock::time_point begin;
        std::size_t bytes = 0;
        std::size_t errors = 0;
        bool whole = false;
    };

    [[nodiscard]] bool judge(Clock::time_point now);
    void switch_over() noexcept;

    Options options_;
    bool searches_; // nothing was configured
    Parity parity_;
    bool locked_;
    Burst burst_;
    bool intact_ = false;            // a frame of this burst was
    Clock::time_point last_byte_;    // or the opening
    Clock::time_point damage_begin_; // of nothing but damage, while locked
    Clock::time_point damage_end_;
    bool damaged_ = false;
};

} // namespace hanport
