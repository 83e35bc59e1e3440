// A register that grows all the time: the meter's, which is told once an hour, and power integrated
// since the full hour that it is of. Told power, registers and time, it does no I/O.
//
// A register has a resolution (10 Wh at a Kamstrup): the truth is anywhere from what it shows to
// just below the next step. An estimate within that is left alone; one below is lifted to the
// register, one above is set back to the end of the step, and what is published holds still until
// the estimate has caught up with it.
//
// A list's power counts until the next one; where lists were lost between them, after
// `usual_interval` the mean of both. Over a gap of more than `longest_hold` nothing is counted, and
// the next register bridges it.
#pragma once

#include "home/energy.hpp"

namespace hanport {

/// A register as read: Wh, and the size of its last digit.
struct RegisterReading {
    std::int64_t wh = 0;
    std::int64_t resolution_wh = 1; ///< at least 1

    /// None for what is no plausible number of Wh.
    [[nodiscard]] static std::optional<RegisterReading> of(const han::Decimal& number) noexcept;
};

/// What flowed in an hour by integrated power.
struct LiveHour {
    WallTime begin;
    WattMillis energy = 0;
    bool complete = false; ///< power was known all the time
};

class LiveCounter {
  public:
    /// Lists come every 10 s at the latest; some may be lost.
    static constexpr std::chrono::seconds usual_interval{10};
    static constexpr std::chrono::seconds longest_hold{60};

    /// All of it. Over a restart the last two need not be kept: the next register begins them anew.
    struct State {
        bool known = false;       ///< a register has been read
        WattMillis value = 0;     ///< the estimate; before the first register, from any beginning
        WattMillis published = 0; ///< never falls
        WattMillis offset = 0;    ///< on top of the registers, which were changed once
        WallTime last{};          ///< of the last list with this power
        std::optional<std::int64_t> watts{}; ///< from then on
        WallTime hour{};                     ///< the full hour that `last` is in
        WattMillis at_hour = 0;              ///< value then
        bool hour_known = false;     ///< power was known when the hour began; at_hour is exact
        bool hour_complete = false;  ///< and ever since
        WattMillis at_register = 0;  ///< value at the last register's moment
        bool since_complete = false; ///< power was known all the time since the last register
    };

    LiveCounter() = default;

    /// Goes on from an earlier run. Where that did not come to an orderly end (`clean` is false),
    /// nobody knows what it published last: the counter waits for the next register.
    LiveCounter(const State& state, bool clean);

    /// A list with the power from now on. Returns the hour that has ended since the last one, if
    /// any; of several hours without lists the first, in which there was one. Time is that of the
    /// steady clock, hours those of the wall clock; where that was set, the hours at both ends are
    /// incomplete.
    std::optional<LiveHour> on_power(Instant now, std::int64_t watts);

    /// What a register says against the power since the one before.
    struct Comparison {
        std::int64_t register_wh = 0;
        std::int64_t power_wh = 0;
        bool complete = false; ///< power was known all the time between the two
    };

    /// A register of the moment `of`, a full hour or within the last minutes. One that is older
    /// than the last full hour says nothing.
    std::optional<Comparison> on_register(const RegisterReading& reading, WallTime of, Instant now);

    /// The registers were changed (a new scale, a reset): goes on from where it is.
    void on_new_registers(const RegisterReading& reading, WallTime of, Instant now);

    /// To be published; none before the first register.
    [[nodiscard]] std::optional<std::int64_t> wh() const noexcept;

    /// There is something to publish, or was before a crash.
    [[nodiscard]] bool has_begun() const noexcept { return state_.known || state_.published > 0; }

    /// Since the full hour, by the estimate.
    [[nodiscard]] WattMillis this_hour() const noexcept { return state_.value - state_.at_hour; }

    [[nodiscard]] const State& state() const noexcept { return state_; }

  private:
    [[nodiscard]] WattMillis flowed(WallTime::duration time, std::int64_t watts) const noexcept;
    [[nodiscard]] WattMillis value_at(WallTime moment, Instant now) const noexcept;

    State state_;
    std::optional<SteadyTime> heard_; // the last list with power in this run
    std::optional<std::int64_t> last_register_wh_;
};

} // namespace hanport
