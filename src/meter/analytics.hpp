// Analytics of one meter: plausibility filter, live counters and capacity charge. Input is lists
// and time; no I/O.
#pragma once

#include "meter/capacity_charge.hpp"
#include "meter/hour_clock.hpp"
#include "meter/live_counter.hpp"
#include "meter/plausibility.hpp"

namespace hanport::meter {

struct AnalyticsOptions {
    std::optional<TariffOptions> tariff{}; ///< empty: no capacity charge is computed
};

/// State of a meter that survives a restart.
struct AnalyticsState {
    LiveCounter::State import{};
    LiveCounter::State exported{};
    PlausibilityFilter::State plausibility{};
    TariffHours hours{};
    std::optional<Tariff::RegisterOfHour> last_register{};
};

class MeterAnalytics {
  public:
    explicit MeterAnalytics(const AnalyticsOptions& options);

    /// Continues from an earlier run; `clean` if that run ended orderly and this is its last state
    /// (see LiveCounter).
    MeterAnalytics(const AnalyticsOptions& options, const AnalyticsState& state, bool clean);

    struct Outcome {
        CheckResult result;              ///< the values to leave out of the list
        std::vector<Violation> warnings; ///< violations for which nothing is dropped
        /// The kind under which the list is published. A list whose registers are not the first of
        /// their hour, or are a repetition, is a live list.
        han::list::ListKind kind{};
    };

    /// Processes a list of this meter.
    [[nodiscard]] Outcome take(const han::list::List& list, base::Instant now);

    /// Sets the configured highest power of the port on which the meter is heard; see
    /// PlausibilityFilter::Options.
    void set_max_power(std::optional<std::int64_t> max_power) noexcept {
        plausibility_.set_max_power(max_power);
    }

    /// The last hourly list of an earlier run; see HourClock.
    void restore(base::WallTime hourly, std::optional<std::chrono::local_seconds> clock) noexcept {
        clock_.restore(hourly, clock);
    }

    /// The live counters.
    [[nodiscard]] const LiveCounter& imported() const noexcept { return import_.counter; }
    [[nodiscard]] const LiveCounter& exported() const noexcept { return export_.counter; }

    /// Empty without a tariff, and before power is known.
    [[nodiscard]] std::optional<TariffNow> tariff_now(base::WallTime now) const;
    [[nodiscard]] const std::optional<Tariff>& tariff() const noexcept { return tariff_; }
    void correct(TariffCorrections corrections);

    /// The full hour of the newest registers; empty before the first.
    [[nodiscard]] const std::optional<base::WallTime>& register_hour() const noexcept {
        return register_hour_;
    }

    [[nodiscard]] bool clock_is_off() const noexcept { return clock_.clock_is_off(); }
    [[nodiscard]] const PlausibilityFilter& plausibility() const noexcept { return plausibility_; }
    [[nodiscard]] AnalyticsState state() const;

  private:
    // One direction: import or export.
    struct Direction {
        std::string_view power;
        std::string_view energy;
        LiveCounter counter{};
        // Violations of register and power since their last comparison.
        LiveCounter::Comparison compared{.complete = true};
        std::optional<base::SteadyTime> compared_since{};
    };

    void take_power(Direction& direction, const han::Decimal& number, base::Instant now);
    void take_register(Direction& direction, const han::Decimal& number,
                       const RegisterMoment& moment, base::Instant now, Outcome& outcome);
    void compare(Direction& direction, const LiveCounter::Comparison& comparison, base::Instant of,
                 Outcome& outcome);

    PlausibilityFilter plausibility_;
    HourClock clock_;
    Direction import_{.power = "active_power_import", .energy = "active_energy_import"};
    Direction export_{.power = "active_power_export", .energy = "active_energy_export"};
    std::optional<Tariff> tariff_;
    TariffHours kept_hours_; // without a tariff now, the hours of an earlier one
    std::optional<base::WallTime> register_hour_;
};

} // namespace hanport::meter
