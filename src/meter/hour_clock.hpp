// Determines the full hour of a register, and which list is the hourly one. Hours are by the
// computer's clock. The meter's clock may run on normal time, local time or neither, so it is only
// used to measure the time since its own full hour.
#pragma once

#include "han/dlms/date_time.hpp"
#include "meter/energy.hpp"

namespace hanport::meter {

/// The time to which the registers of a list belong.
struct RegisterMoment {
    base::WallTime time{}; ///< a full hour, or a time within the last minutes
    /// The full hour of the registers. Empty if they were read at another time, or if the meter's
    /// full hour differs from the computer's by more than two minutes.
    std::optional<base::WallTime> hour{};
    /// True if this is the hourly list: registers are sent rarely, or these are the first in the
    /// computer's hour.
    bool first = true;
};

class HourClock {
  public:
    /// Processes a list with registers; `clock` is the meter's time in the list, if it has one.
    [[nodiscard]] RegisterMoment on_registers(base::Instant now,
                                              const std::optional<han::dlms::DateTime>& clock);

    /// Receiving time and meter's clock of the last hourly list of an earlier run.
    void restore(base::WallTime hourly, std::optional<std::chrono::local_seconds> clock) noexcept {
        last_ = Registers{.received = hourly, .heard = {}, .clock = clock};
        hour_ = hour_of(hourly);
    }

    /// Processes the arrival of any list, with or without registers.
    void on_list(base::WallTime now, const std::optional<han::dlms::DateTime>& clock);

    /// True if the meter's clock is wrong by more than two minutes, apart from whole hours between
    /// normal time, summer time and UTC. Known only from lists with a clock.
    [[nodiscard]] bool clock_is_off() const noexcept { return clock_is_off_; }

  private:
    struct Registers {
        base::WallTime received{};
        std::optional<base::SteadyTime> heard{}; // if in this run
        std::optional<std::chrono::local_seconds> clock{};
    };

    std::optional<Registers> last_;
    base::WallTime hour_{}; // hour in which the last hourly list was received
    bool clock_is_off_ = false;
};

/// The meter's clock as seconds since 1970, without its zone; empty without a date or a time.
[[nodiscard]] std::optional<std::chrono::local_seconds>
meter_seconds(const std::optional<han::dlms::DateTime>& clock) noexcept;

} // namespace hanport::meter
