// A continuous energy register: the meter's register, which is reported once an hour, plus the
// power integrated since that hour. Input is power, registers and time; no I/O.
//
// A register has a resolution (10 Wh for a Kamstrup meter): the true value is between the reading
// and just below the next step. An estimate in that range stays as it is. A lower estimate is
// raised to the register. A higher one is set back to the end of the step, and the published value
// is held until the estimate has caught up.
//
// A list's power is valid until the next list. If lists were lost in between, after
// `usual_interval` the mean of both powers is used. Over a gap longer than `longest_hold` nothing
// is counted; the next register bridges it.
#pragma once

#include "meter/energy.hpp"

namespace hanport::meter {

/// A register reading: Wh, and the value of its last digit.
struct RegisterReading {
    std::int64_t wh = 0;
    std::int64_t resolution_wh = 1; ///< at least 1

    /// Empty for an implausible number of Wh.
    [[nodiscard]] static std::optional<RegisterReading> of(const han::Decimal& number) noexcept;
};

/// Energy of one hour by integrated power.
struct LiveHour {
    base::WallTime begin;
    WattMillis energy = 0;
    bool complete = false; ///< power was known during the whole hour
};

class LiveCounter {
  public:
    /// Lists arrive at least every 10 s; some may be lost.
    static constexpr std::chrono::seconds usual_interval{10};
    static constexpr std::chrono::seconds longest_hold{60};

    /// The complete state. The last two members need not be stored over a restart: the next
    /// register sets them again.
    struct State {
        bool known = false;   ///< a register has been read
        WattMillis value = 0; ///< the estimate; before the first register it starts from any value
        WattMillis published = 0; ///< never falls
        WattMillis offset = 0;    ///< added to the registers after they were changed
        base::WallTime last{};    ///< time of the last list with power
        std::optional<std::int64_t>
            watts{};                 ///< power reported by the last list, valid since `last`
        base::WallTime hour{};       ///< the full hour that `last` is in
        WattMillis at_hour = 0;      ///< `value` at that time
        bool hour_known = false;     ///< power was known at the start of the hour; at_hour is exact
        bool hour_complete = false;  ///< and ever since that start
        WattMillis at_register = 0;  ///< `value` at the time of the last register
        bool since_complete = false; ///< power was known without gaps since the last register
    };

    LiveCounter() = default;

    /// Continues from an earlier run. If that run did not end orderly (`clean` is false), the last
    /// published value is not known: the counter waits for the next register.
    LiveCounter(const State& state, bool clean);

    /// Processes a list with power. Returns the hour that has ended since the last list, if any; of
    /// several hours, the one in which the last list arrived. Durations are by the steady clock,
    /// hours by the wall clock. If the wall clock was set, the hours before and after that are
    /// incomplete.
    std::optional<LiveHour> on_power(base::Instant now, std::int64_t watts);

    /// Comparison of a register with the power since the previous one.
    struct Comparison {
        std::int64_t register_wh = 0;
        std::int64_t power_wh = 0;
        bool complete = false; ///< power was known without gaps between the two
    };

    /// Processes a register read at `of`: a full hour, or a time within the last minutes. A
    /// register from before the last full hour is ignored.
    std::optional<Comparison> on_register(const RegisterReading& reading, base::WallTime of,
                                          base::Instant now);

    /// The registers were changed (a new scale, a reset): continues from the current value.
    void on_new_registers(const RegisterReading& reading, base::WallTime of, base::Instant now);

    /// Value to publish; empty before the first register.
    [[nodiscard]] std::optional<std::int64_t> wh() const noexcept;

    /// True if there is a value to publish, or was before a crash.
    [[nodiscard]] bool has_begun() const noexcept { return state_.known || state_.published > 0; }

    /// Energy since the full hour, by the estimate.
    [[nodiscard]] WattMillis this_hour() const noexcept { return state_.value - state_.at_hour; }

    [[nodiscard]] const State& state() const noexcept { return state_; }

  private:
    [[nodiscard]] WattMillis flowed(base::WallTime::duration time,
                                    std::int64_t watts) const noexcept;
    [[nodiscard]] WattMillis value_at(base::WallTime moment, base::Instant now) const noexcept;

    State state_;
    std::optional<base::SteadyTime> heard_; // the last list with power in this run
    std::optional<std::int64_t> last_register_wh_;
};

/// The live counters of a meter.
struct LiveCounters {
    LiveCounter::State import{};
    LiveCounter::State exported{};
};

} // namespace hanport::meter
