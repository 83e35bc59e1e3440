// Which full hour a register is of, and which list is the hourly one. Hours are the computer's; the
// meter's clock, which runs on normal time, local time or neither, only tells how long ago its own
// full hour was.
#pragma once

#include "han/dlms/date_time.hpp"

#include "home/energy.hpp"

namespace hanport {

/// When registers were what a list says.
struct RegisterMoment {
    WallTime time{}; ///< a full hour, or a moment within the last minutes
    /// The full hour that they are of; none where they are of a moment, which is so as well where
    /// the meter's full hour is more than two minutes away from the computer's.
    std::optional<WallTime> hour{};
    /// Their list is the hourly one: registers are rare, or these are the first in the computer's
    /// hour.
    bool first = true;
};

class HourClock {
  public:
    /// A list with registers has come; `clock` is the meter's in it, if it has one.
    [[nodiscard]] RegisterMoment on_registers(Instant now,
                                              const std::optional<han::dlms::DateTime>& clock);

    /// When the last hourly list of an earlier run was received, and what the meter's clock was.
    void restore(WallTime hourly, std::optional<std::chrono::local_seconds> clock) noexcept {
        last_ = Registers{.received = hourly, .heard = {}, .clock = clock};
        hour_ = hour_of(hourly);
    }

    /// A list has come, with or without registers.
    void on_list(WallTime now, const std::optional<han::dlms::DateTime>& clock);

    /// True where the meter's clock is wrong by more than two minutes, whole hours of normal time,
    /// summer time and UTC left out of account. Known from lists with a clock in them only.
    [[nodiscard]] bool clock_is_off() const noexcept { return clock_is_off_; }

  private:
    struct Registers {
        WallTime received{};
        std::optional<SteadyTime> heard{}; // in this run
        std::optional<std::chrono::local_seconds> clock{};
    };

    std::optional<Registers> last_;
    WallTime hour_{}; // in which the last hourly list was received
    bool clock_is_off_ = false;
};

/// The meter's clock as seconds since 1970, without regard to its zone; none without date or time.
[[nodiscard]] std::optional<std::chrono::local_seconds>
meter_seconds(const std::optional<han::dlms::DateTime>& clock) noexcept;

} // namespace hanport
