// Which full hour a register is of. The host's clock tells the hour; the meter's clock, which runs
// on normal time, local time or neither, only tells how long ago its own full hour was.
#pragma once

#include "han/dlms/date_time.hpp"

#include "home/energy.hpp"

namespace hanport {

/// When registers were what a list says.
struct RegisterMoment {
    WallTime time{};                ///< a full hour, or a moment within the last minutes
    std::optional<WallTime> hour{}; ///< the full hour that they are taken for, if any
};

class HourClock {
  public:
    /// A list with registers has come; `clock` is the meter's in it, if it has one.
    [[nodiscard]] RegisterMoment on_registers(WallTime now,
                                              const std::optional<han::dlms::DateTime>& clock);

    /// A list has come, with or without registers.
    void on_list(WallTime now, const std::optional<han::dlms::DateTime>& clock);

    /// True where the meter's clock is wrong by more than two minutes, whole hours of normal time,
    /// summer time and UTC left out of account. Known from lists with a clock in them only.
    [[nodiscard]] bool clock_is_off() const noexcept { return clock_is_off_; }

  private:
    std::optional<WallTime> last_registers_;
    bool clock_is_off_ = false;
};

/// The meter's clock as seconds since 1970, without regard to its zone; none without date or time.
[[nodiscard]] std::optional<std::chrono::local_seconds>
meter_seconds(const std::optional<han::dlms::DateTime>& clock) noexcept;

} // namespace hanport
