// The capacity charge (kapasitetsledd): hourly consumptions of a month, the mean of the highest
// ones, the capacity step, and the power that may still be drawn.
//
// An hour is a clock hour of the tariff's time zone, identified by its beginning in UTC. kWh in the
// hour are kW for the steps. The hours of this month and the previous one are kept, so that a month
// can still be corrected after its end. Input is hours and time; no I/O.
#pragma once

#include "meter/energy.hpp"
#include "meter/time_zone.hpp"

#include <map>
#include <vector>

namespace hanport::meter {

enum class TariffMethod : std::uint8_t {
    three_days,  ///< mean of the three highest hours on different days
    highest_hour ///< only the highest hour of the month
};

struct TariffOptions {
    /// Upper limits of the steps in W, ascending; above the last limit is one more step.
    std::vector<std::int64_t> limits{2000, 5000, 10'000, 15'000, 20'000, 25'000};
    bool inclusive =
        false; ///< a mean exactly at the limit belongs to the lower step; true for few companies
    TariffMethod method = TariffMethod::three_days;
    TimeZone zone = *TimeZone::named("Europe/Oslo");
};

/// Source of an hour's consumption.
enum class HourSource : std::uint8_t {
    registers, ///< two registers an hour apart
    estimate,  ///< integrated power; lost lists are missing in it
    corrected  ///< by the owner
};

struct TariffHour {
    std::int64_t wh = 0;
    HourSource source = HourSource::estimate;

    friend bool operator==(const TariffHour&, const TariffHour&) = default;
};

/// Hours by their beginning.
using TariffHours = std::map<base::WallTime, TariffHour>;

/// The owner's correction of an hour: its Wh, or empty to leave it out.
using TariffCorrections = std::map<base::WallTime, std::optional<std::int64_t>>;

/// A calendar month in the tariff's zone.
struct TariffMonth {
    std::chrono::year_month month{};
    std::int64_t sum_wh = 0; ///< of the hours that count
    std::int64_t count = 0;  ///< their number; 0: no hour of the month is known
    std::size_t step = 0;    ///< index of the step, from 0
    bool estimate = false;   ///< one of the hours that count is an estimate
    std::vector<std::pair<base::WallTime, TariffHour>> highest{}; ///< at most ten, highest first

    /// W, rounded; the capacity for which the month is charged.
    [[nodiscard]] std::int64_t mean() const noexcept {
        return count == 0 ? 0 : (sum_wh + count / 2) / count;
    }
};

/// Current values.
struct TariffNow {
    base::WallTime hour{};
    std::int64_t consumed_wh = 0;  ///< since the full hour
    std::int64_t projected_wh = 0; ///< at the end of the hour, if power stays the same
    TariffMonth month{};           ///< this month; the current hour counts if it raises the mean
    TariffMonth last_month{};
    /// W that may be drawn until the hour ends without reaching the next step; empty on the last
    /// step, which has no limit.
    std::optional<std::int64_t> allowed_power{};
};

class Tariff {
  public:
    explicit Tariff(TariffOptions options, TariffHours hours = {})
        : options_(std::move(options)), hours_(std::move(hours)) {}

    /// Adds an hour by integrated power. It does not replace an hour by registers. If the clock
    /// showed an hour twice, the larger part counts.
    void on_estimate(base::WallTime hour, std::int64_t wh);

    /// Adds a register of a full hour. Together with the register of the hour before it gives that
    /// hour, if they are also an hour apart by the steady clock, or if the earlier one is from an
    /// earlier run.
    void on_register(base::Instant full_hour, std::int64_t wh);

    /// The registers are no longer comparable with earlier ones.
    void on_new_registers() noexcept { last_register_.reset(); }

    void correct(TariffCorrections corrections) { corrections_ = std::move(corrections); }

    /// `consumed` since the full hour, `watts` now.
    [[nodiscard]] TariffNow view(base::WallTime now, std::int64_t consumed_wh,
                                 std::int64_t watts) const;

    /// The month of `time`, and the one before. Hours later than now are ignored: the clock was
    /// wrong for a while.
    [[nodiscard]] TariffMonth month_of(base::WallTime time, base::WallTime now) const;
    [[nodiscard]] TariffMonth month_before(base::WallTime now) const;

    /// The step for a mean of `sum_wh` over `count` hours.
    [[nodiscard]] std::size_t step_of(std::int64_t sum_wh, std::int64_t count) const noexcept;

    /// The limits of a step in W: its lower limit and, except for the last step, its upper limit.
    [[nodiscard]] std::int64_t lower_limit(std::size_t step) const noexcept;
    [[nodiscard]] std::optional<std::int64_t> upper_limit(std::size_t step) const noexcept;

    [[nodiscard]] const TariffOptions& options() const noexcept { return options_; }
    [[nodiscard]] const TariffHours& hours() const noexcept { return hours_; }

    struct RegisterOfHour {
        base::WallTime hour{};
        std::int64_t wh = 0;
    };
    /// State that survives a restart, like hours().
    [[nodiscard]] const std::optional<RegisterOfHour>& last_register() const noexcept {
        return last_register_;
    }
    void restore(const std::optional<RegisterOfHour>& last) {
        last_register_ = last;
        last_register_at_.reset();
    }

  private:
    // An hour with its correction applied, and its day.
    struct Counted {
        base::WallTime hour{};
        TariffHour value{};
        std::chrono::year_month_day day{};
    };
    using Ranking = std::vector<Counted>; // of one month, highest first

    [[nodiscard]] static bool is_higher(const Counted& a, const Counted& b) noexcept;
    [[nodiscard]] std::chrono::year_month_day day_of(base::WallTime time) const noexcept;
    [[nodiscard]] Ranking rank(std::chrono::year_month month, base::WallTime now) const;
    [[nodiscard]] TariffMonth result(std::chrono::year_month month, const Ranking& ranking) const;
    [[nodiscard]] std::vector<std::int64_t> peaks_beside(std::chrono::year_month_day day,
                                                         const Ranking& others) const;
    [[nodiscard]] std::size_t step_with(std::vector<std::int64_t> peaks, std::int64_t wh) const;
    void forget(base::WallTime now);

    TariffOptions options_;
    TariffHours hours_;
    TariffCorrections corrections_;
    std::optional<RegisterOfHour> last_register_;
    std::optional<base::SteadyTime>
        last_register_at_; // time of its full hour; empty: in an earlier run
};

} // namespace hanport::meter
