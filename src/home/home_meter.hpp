// One meter in its home: guards, live counters and capacity charge put together. Told lists and
// time, it does no I/O.
#pragma once

#include "home/guards.hpp"
#include "home/hour_clock.hpp"
#include "home/live_counter.hpp"
#include "home/tariff.hpp"

namespace hanport {

struct HomeOptions {
    std::optional<TariffOptions> tariff{}; ///< none: no capacity charge is computed
};

/// All that is kept of a meter over a restart.
struct HomeState {
    LiveCounter::State import{};
    LiveCounter::State exported{};
    Guards::State guards{};
    TariffHours hours{};
    std::optional<Tariff::RegisterOfHour> last_register{};
};

class HomeMeter {
  public:
    explicit HomeMeter(const HomeOptions& options);

    /// Goes on from an earlier run; `clean` if that came to an orderly end and this is its last
    /// state (see LiveCounter).
    HomeMeter(const HomeOptions& options, const HomeState& state, bool clean);

    struct Outcome {
        Judgement judgement;           ///< what is to be left out of the list
        std::vector<Finding> warnings; ///< what is odd, though nothing is dropped for it
        /// What the list is published as: one with registers that are not the first of their hour,
        /// or no news, is a live one.
        han::list::ListKind kind{};
    };

    /// Takes in a list of this meter.
    [[nodiscard]] Outcome take(const han::list::List& list, Instant now);

    /// The highest power as configured where it is heard now; see Guards::Options.
    void set_max_power(std::optional<std::int64_t> max_power) noexcept {
        guards_.set_max_power(max_power);
    }

    /// The last hourly list of an earlier run; see HourClock.
    void restore(WallTime hourly, std::optional<std::chrono::local_seconds> clock) noexcept {
        clock_.restore(hourly, clock);
    }

    /// The live counters.
    [[nodiscard]] const LiveCounter& imported() const noexcept { return import_.counter; }
    [[nodiscard]] const LiveCounter& exported() const noexcept { return export_.counter; }

    /// None without tariff, and before power is known.
    [[nodiscard]] std::optional<TariffNow> tariff_now(WallTime now) const;
    [[nodiscard]] const std::optional<Tariff>& tariff() const noexcept { return tariff_; }
    void correct(TariffCorrections corrections);

    /// The full hour of the newest registers taken in; none before the first.
    [[nodiscard]] const std::optional<WallTime>& register_hour() const noexcept {
        return register_hour_;
    }

    [[nodiscard]] bool clock_is_off() const noexcept { return clock_.clock_is_off(); }
    [[nodiscard]] const Guards& guards() const noexcept { return guards_; }
    [[nodiscard]] HomeState state() const;

  private:
    // A direction: import, export.
    struct Direction {
        std::string_view power;
        std::string_view energy;
        LiveCounter counter{};
        // Of register and power since they were last compared.
        LiveCounter::Comparison compared{.complete = true};
        std::optional<SteadyTime> compared_since{};
    };

    void take_power(Direction& direction, const han::Decimal& number, Instant now);
    void take_register(Direction& direction, const han::Decimal& number,
                       const RegisterMoment& moment, Instant now, Outcome& outcome);
    void compare(Direction& direction, const LiveCounter::Comparison& comparison, Instant of,
                 Outcome& outcome);

    Guards guards_;
    HourClock clock_;
    Direction import_{.power = "active_power_import", .energy = "active_energy_import"};
    Direction export_{.power = "active_power_export", .energy = "active_energy_export"};
    std::optional<Tariff> tariff_;
    TariffHours kept_hours_; // where there is no tariff now, those of an earlier one
    std::optional<WallTime> register_hour_;
};

} // namespace hanport
