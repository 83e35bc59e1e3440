// The capacity charge (kapasitetsledd): hourly consumptions of a month, the mean of the highest
// ones, the step of the ladder that it leads to, and the power that may still be drawn.
//
// An hour is a clock hour of the tariff's time zone, told by its beginning in UTC. kWh in the hour
// are kW for the ladder. Hours of this month and the last are kept, so that a month's result can
// still be corrected when it has ended. Told hours and time, it does no I/O.
#pragma once

#include <map>
#include <vector>

#include "home/energy.hpp"
#include "home/time_zone.hpp"

namespace hanport {

enum class TariffMethod : std::uint8_t {
    three_days,  ///< mean of the three highest hours on different days
    highest_hour ///< the month's highest hour alone
};

struct TariffOptions {
    /// Upper limits of the steps in W, ascending; what is above the last is a step of its own.
    std::vector<std::int64_t> limits{2000, 5000, 10'000, 15'000, 20'000, 25'000};
    bool inclusive =
        false; ///< exactly the limit still belongs to the step; so it is with few companies
    TariffMethod method = TariffMethod::three_days;
    TimeZone zone = *TimeZone::named("Europe/Oslo");
};

/// Where an hour's consumption comes from.
enum class HourSource : std::uint8_t {
    registers, ///< two registers an hour apart
    estimate,  ///< integrated power; what was missed is missing
    corrected  ///< by the owner
};

struct TariffHour {
    std::int64_t wh = 0;
    HourSource source = HourSource::estimate;

    friend bool operator==(const TariffHour&, const TariffHour&) = default;
};

/// Hours by their beginning.
using TariffHours = std::map<WallTime, TariffHour>;

/// What the owner said of an hour: its Wh, or none to leave it out.
using TariffCorrections = std::map<WallTime, std::optional<std::int64_t>>;

/// A month by the calendar of the tariff's zone.
struct TariffMonth {
    std::chrono::year_month month{};
    std::int64_t sum_wh = 0; ///< of the hours that count
    std::int64_t count = 0;  ///< their number; 0: no hour of the month is known
    std::size_t step = 0;    ///< index of the step, from 0
    bool estimate = false;   ///< one of the hours that count is an estimate
    std::vector<std::pair<WallTime, TariffHour>> highest{}; ///< ten at most, highest first

    /// W, rounded; the capacity that the month is charged for.
    [[nodiscard]] std::int64_t mean() const noexcept {
        return count == 0 ? 0 : (sum_wh + count / 2) / count;
    }
};

/// The moment's view.
struct TariffNow {
    WallTime hour{};
    std::int64_t consumed_wh = 0;  ///< since the full hour
    std::int64_t projected_wh = 0; ///< at the hour's end, if power stays as it is
    TariffMonth month{};           ///< this one; the running hour counts where it raises the mean
    TariffMonth last_month{};
    /// W that may be drawn until the hour ends without climbing to the next step; none on the last
    /// one, which has no limit.
    std::optional<std::int64_t> allowed_power{};
};

class Tariff {
  public:
    explicit Tariff(TariffOptions options, TariffHours hours = {})
        : options_(std::move(options)), hours_(std::move(hours)) {}

    /// What an hour came to by integrated power. Does not replace what registers said. Of an hour
    /// that the clock showed twice the larger part counts.
    void on_estimate(WallTime hour, std::int64_t wh);

    /// A register of a full hour. With the one of an hour before it tells that hour, if that was
    /// an hour before by the steady clock as well, or in an earlier run.
    void on_register(Instant full_hour, std::int64_t wh);

    /// The registers are no longer comparable with those before.
    void on_new_registers() noexcept { last_register_.reset(); }

    void correct(TariffCorrections corrections) { corrections_ = std::move(corrections); }

    /// `consumed` since the full hour, `watts` now.
    [[nodiscard]] TariffNow view(WallTime now, std::int64_t consumed_wh, std::int64_t watts) const;

    /// The month that `time` is in, and the one before. Hours later than now, of a clock that was
    /// ahead for a while, do not count.
    [[nodiscard]] TariffMonth month_of(WallTime time, WallTime now) const;
    [[nodiscard]] TariffMonth month_before(WallTime now) const;

    /// The step that a mean of `sum_wh` over `count` hours leads to.
    [[nodiscard]] std::size_t step_of(std::int64_t sum_wh, std::int64_t count) const noexcept;

    /// The limits of a step in W: what it begins with and, except for the last, what it ends with.
    [[nodiscard]] std::int64_t lower_limit(std::size_t step) const noexcept;
    [[nodiscard]] std::optional<std::int64_t> upper_limit(std::size_t step) const noexcept;

    [[nodiscard]] const TariffOptions& options() const noexcept { return options_; }
    [[nodiscard]] const TariffHours& hours() const noexcept { return hours_; }

    struct RegisterOfHour {
        WallTime hour{};
        std::int64_t wh = 0;
    };
    /// To be kept over a restart, as hours().
    [[nodiscard]] const std::optional<RegisterOfHour>& last_register() const noexcept {
        return last_register_;
    }
    void restore(const std::optional<RegisterOfHour>& last) {
        last_register_ = last;
        last_register_at_.reset();
    }

  private:
    // An hour as it counts: with what the owner said of it, and the day that it is of.
    struct Counted {
        WallTime hour{};
        TariffHour value{};
        std::chrono::year_month_day day{};
    };
    using Ranking = std::vector<Counted>; // of one month, highest first

    [[nodiscard]] static bool is_higher(const Counted& a, const Counted& b) noexcept;
    [[nodiscard]] std::chrono::year_month_day day_of(WallTime time) const noexcept;
    [[nodiscard]] Ranking rank(std::chrono::year_month month, WallTime now) const;
    [[nodiscard]] TariffMonth result(std::chrono::year_month month, const Ranking& ranking) const;
    [[nodiscard]] std::vector<std::int64_t> peaks_beside(std::chrono::year_month_day day,
                                                         const Ranking& others) const;
    [[nodiscard]] std::size_t step_with(std::vector<std::int64_t> peaks, std::int64_t wh) const;
    void forget(WallTime now);

    TariffOptions options_;
    TariffHours hours_;
    TariffCorrections corrections_;
    std::optional<RegisterOfHour> last_register_;
    std::optional<SteadyTime> last_register_at_; // its full hour; none: in an earlier run
};

} // namespace hanport
