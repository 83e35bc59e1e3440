// PlausibilityFilter, counters and tariff together: what a list's way through them comes to.
#include "meter/analytics.hpp"
#include "unit/meter/home_lists.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace {

using namespace std::chrono_literals;
using hanport::base::WallTime;
using hanport::meter::AnalyticsOptions;
using hanport::meter::HourSource;
using hanport::meter::MeterAnalytics;
using support::at;
using support::energy;
using support::list_with;
using support::normal_time;
using support::power;

const WallTime one_o_clock{std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + 12h};

AnalyticsOptions with_tariff() {
    AnalyticsOptions options;
    options.tariff.emplace();
    return options;
}

// A meter of 1 Wh whose power and registers are set by the test.
class Meter {
  public:
    explicit Meter(const AnalyticsOptions& options) : home(options) {}

    // Lists every 10 s up to and with `end`; the registers of the hour with the first list after it.
    void run_to(WallTime end) {
        for (; time <= end; time += 10s) {
            std::vector<han::cosem::Reading> readings{power(watts)};
            if (time - hanport::meter::hour_of(time) == 10s && sends_registers)
                readings.push_back(energy(register_of(hanport::meter::hour_of(time))));
            note(home.take(list_with(readings, normal_time(time)), at(time)));
        }
    }

    void note(const MeterAnalytics::Outcome& outcome) {
        dropped += outcome.result.dropped.size();
        accepted += outcome.result.accepted.size();
        warnings += outcome.warnings.size();
    }

    [[nodiscard]] std::int64_t register_of(WallTime hour) const {
        return first + (hour - one_o_clock) / 1h * wh_an_hour;
    }

    MeterAnalytics home;
    WallTime time = one_o_clock;
    std::int64_t watts = 3600;
    std::int64_t first = 1'000'000;
    std::int64_t wh_an_hour = 3600;
    bool sends_registers = true;
    std::size_t dropped = 0, accepted = 0, warnings = 0;
};

TEST(HomeMeterTest, ADayOfEvenLoad) {
    Meter meter(with_tariff());
    meter.run_to(one_o_clock + 5h + 30min);
    EXPECT_EQ(meter.home.imported().wh(), 1'000'000 + 5 * 3600 + 1800);
    EXPECT_FALSE(meter.home.exported().wh().has_value()) << "never sent";
    EXPECT_EQ(meter.dropped + meter.accepted + meter.warnings, 0U);
    const auto now = meter.home.tariff_now(meter.time - 10s);
    ASSERT_TRUE(now.has_value());
    EXPECT_EQ(now->consumed_wh, 1800);
    EXPECT_EQ(now->projected_wh, 3600);
    EXPECT_EQ(now->month.mean(), 3600);
    EXPECT_FALSE(now->month.estimate);
    EXPECT_EQ(now->allowed_power, (4999 - 1800) * 2) << "of one day, the highest hour";
}

TEST(HomeMeterTest, WithoutTariffThereIsNone) {
    Meter meter({});
    meter.run_to(one_o_clock + 1h);
    EXPECT_FALSE(meter.home.tariff_now(meter.time).has_value());
}

TEST(HomeMeterTest, AnHourWhoseRegisterIsLostIsAnEstimate) {
    Meter meter(with_tariff());
    meter.run_to(one_o_clock + 2h + 30min);
    meter.sends_registers = false;
    meter.watts = 7200;
    meter.run_to(one_o_clock + 4h + 30min);
    const auto& hours = meter.home.tariff()->hours();
    EXPECT_EQ(hours.at(one_o_clock + 1h).source, HourSource::registers);
    EXPECT_EQ(hours.at(one_o_clock + 3h), (hanport::meter::TariffHour{7200, HourSource::estimate}));
    EXPECT_TRUE(meter.home.tariff_now(meter.time - 10s)->month.estimate);
}

TEST(HomeMeterTest, ANewMeterUnderTheOldIdIsAcceptedAndTheCounterGoesOn) {
    Meter meter(with_tariff());
    meter.run_to(one_o_clock + 2h + 30min);
    meter.first = -3600 * 2; // 3,600 at four o'clock
    meter.run_to(one_o_clock + 8h + 30min);
    EXPECT_EQ(meter.dropped, 2U);
    EXPECT_EQ(meter.accepted, 1U);
    EXPECT_EQ(meter.home.imported().wh(), 1'000'000 + 8 * 3600 + 1800);
    for (const auto& [hour, value] : meter.home.tariff()->hours())
        if (hour > one_o_clock) {
            EXPECT_EQ(value.wh, 3600);
        }
    EXPECT_FALSE(meter.home.plausibility().is_implausible(at(meter.time).steady));
}

TEST(HomeMeterTest, RegistersTenTimesTooSmallAreToldAndNotRescaled) {
    Meter meter(with_tariff());
    meter.wh_an_hour = 360;
    meter.run_to(one_o_clock + 3h + 30min);
    EXPECT_EQ(meter.dropped, 0U);
    EXPECT_EQ(meter.warnings, 3U);
    EXPECT_TRUE(meter.home.plausibility().is_implausible(at(meter.time).steady));
    EXPECT_EQ(meter.home.tariff()->hours().at(one_o_clock + 1h).wh, 360) << "as the meter says";
}

TEST(HomeMeterTest, AStaleListChangesNothing) {
    Meter meter(with_tariff());
    meter.run_to(one_o_clock + 1h + 30min);
    meter.sends_registers = false;
    meter.run_to(one_o_clock + 2h + 10s);
    // Those of two o'clock once more, with its clock.
    meter.note(meter.home.take(list_with({power(3600), energy(meter.register_of(one_o_clock + 1h))},
                                         normal_time(one_o_clock + 1h + 10s)),
                               at(one_o_clock + 2h + 12s)));
    EXPECT_EQ(meter.dropped, 2U) << "the list, and the register in it";
    EXPECT_EQ(meter.home.imported().wh(), 1'000'000 + 2 * 3600 + 12);
    meter.sends_registers = true;
    meter.time = one_o_clock + 2h + 20s;
    meter.run_to(one_o_clock + 3h + 30min);
    EXPECT_EQ(meter.home.imported().wh(), 1'000'000 + 3 * 3600 + 1800);
}

// Some adapters pass the hourly list on twice.
TEST(HomeMeterTest, AListRepeatedAtOnceChangesNothing) {
    Meter meter(with_tariff());
    meter.run_to(one_o_clock + 2h + 10s);
    const WallTime again = one_o_clock + 2h + 11s;
    const auto outcome =
        meter.home.take(list_with({power(3600), energy(meter.register_of(one_o_clock + 2h))},
                                  normal_time(one_o_clock + 2h + 10s)),
                        at(again));
    EXPECT_EQ(outcome.kind, han::list::ListKind::live) << "it was published as the hourly one";
    EXPECT_TRUE(outcome.result.dropped.empty());
    EXPECT_FALSE(meter.home.plausibility().is_implausible(at(again).steady));
    EXPECT_EQ(meter.home.imported().wh(), 1'000'000 + 2 * 3600 + 11);
    meter.time = one_o_clock + 2h + 20s;
    meter.run_to(one_o_clock + 3h + 30min);
    EXPECT_EQ(meter.home.tariff()->hours().at(one_o_clock + 2h),
              (hanport::meter::TariffHour{3600, HourSource::registers}));
}

TEST(HomeMeterTest, TheConfiguredPowerIsThatOfThePortWhereItIsHeard) {
    Meter meter({});
    meter.home.set_max_power(3000);
    meter.run_to(one_o_clock + 10s);
    EXPECT_EQ(meter.dropped, 2U);
    meter.home.set_max_power({});
    meter.run_to(one_o_clock + 20s);
    EXPECT_EQ(meter.dropped, 2U);
}

// Days of even load, with a wall clock that somebody sets every few hours: what was drawn is known
// to the Wh all the time, no hour has more than was drawn in it, and it goes on when the clock is
// right again.
TEST(HomeMeterTest, AClockThatIsSetAgainAndAgainCostsNothing) {
    using std::chrono::seconds;
    // By less than two minutes the meter's clock is taken to be right.
    const std::vector<seconds> steps{1h,  -1h,  11min,    -11min,    2h,        -2h,       0s,
                                     24h, -24h, 24h * 40, -24h * 40, 24h * 365, -24h * 365};
    for (unsigned seed = 1; seed <= 10; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const auto draw = [&](std::size_t most) {
            return std::uniform_int_distribution<std::size_t>(0, most)(random);
        };
        MeterAnalytics home(with_tariff());
        const bool alone = draw(1) == 0; // registers without power
        seconds set_by{0};
        std::size_t warnings = 0;
        const auto take = [&](WallTime time) {
            const hanport::base::Instant now{.steady = at(time).steady, .wall = time + set_by};
            const auto since = time - one_o_clock;
            std::vector<han::cosem::Reading> readings{power(3600)};
            if (time - hanport::meter::hour_of(time) == 10s) { // the meter's clock is right
                const auto shown = energy(1'000'000 + (since - 10s) / 1s);
                if (alone)
                    warnings +=
                        home.take(list_with({shown}, normal_time(time)), now).warnings.size();
                else
                    readings.push_back(shown);
            }
            const auto outcome = home.take(list_with(readings, normal_time(time)), now);
            EXPECT_TRUE(outcome.result.dropped.empty());
            warnings += outcome.warnings.size();
            if (since < 30s)
                return;
            ASSERT_NEAR(static_cast<double>(home.imported().wh().value_or(0)),
                        static_cast<double>(1'000'000 + since / 1s), 1);
            const auto view = home.tariff_now(now.wall);
            ASSERT_LE(view->consumed_wh, 3601);
            ASSERT_LE(view->month.mean(), 3601);
        };
        const WallTime end = one_o_clock + 40h;
        for (WallTime time = one_o_clock; time < end; time += 10s) {
            if (draw(1000) == 0)
                set_by = steps.at(draw(steps.size() - 1));
            take(time);
        }
        set_by = 0s;
        for (WallTime time = end; time < end + 3h; time += 10s)
            take(time);
        EXPECT_EQ(warnings, 0U);
        for (const auto& [hour, value] : home.tariff()->hours())
            EXPECT_LE(value.wh, 3601);
        EXPECT_EQ(home.tariff()->hours().at(end + 1h),
                  (hanport::meter::TariffHour{3600, HourSource::registers}))
            << "pinned";
    }
}

// Random days: power of any kind, lists lost, gaps, restarts and crashes, registers of 1 to 10 Wh.
// The counter never falls, and with each register it is what the register says, at its resolution.
TEST(HomeMeterTest, OverRandomDaysItNeverFallsAndAgreesWithEveryRegister) {
    for (unsigned seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const auto draw = [&](std::int64_t least, std::int64_t most) {
            return std::uniform_int_distribution<std::int64_t>(least, most)(random);
        };
        const std::int16_t exponent = draw(0, 1) == 0 ? 0 : 1;
        const std::int64_t resolution = exponent == 0 ? 1 : 10;
        MeterAnalytics home(with_tariff());
        std::int64_t published = 0;
        hanport::meter::WattMillis truth =
            draw(0, 1'000'000'000) * hanport::meter::watt_millis_per_wh;
        hanport::meter::WattMillis at_hour = truth;
        std::int64_t watts = 0;
        WallTime up = one_o_clock;
        for (WallTime time = one_o_clock; time < one_o_clock + 30h; time += 10s) {
            truth += watts * 10'000;
            if (draw(0, 20) == 0)
                watts = draw(0, 3) == 0 ? 0 : draw(0, 20'000);
            const auto of_hour = time - hanport::meter::hour_of(time);
            if (of_hour == 0s)
                at_hour = truth;
            if (draw(0, 700) == 0)
                up = time + std::chrono::seconds(draw(10, 9000));
            if (time < up || draw(0, 30) == 0)
                continue;
            if (draw(0, 1000) == 0)
                home = MeterAnalytics(with_tariff(), home.state(), draw(0, 1) == 0);
            std::vector<han::cosem::Reading> readings{power(watts)};
            const bool has_register = of_hour == 10s;
            const std::int64_t shown = hanport::meter::to_wh(at_hour) / resolution;
            if (has_register)
                readings.push_back(energy(shown, exponent));
            const auto outcome = home.take(list_with(readings, normal_time(time)), at(time));
            ASSERT_TRUE(outcome.result.dropped.empty()) << outcome.result.dropped[0].numbers;
            const auto wh = home.imported().wh();
            ASSERT_GE(wh.value_or(published), published);
            published = wh.value_or(published);
            if (!has_register)
                continue;
            ASSERT_TRUE(wh.has_value());
            const std::int64_t estimate = hanport::meter::to_wh(home.imported().state().at_hour);
            ASSERT_GE(estimate, shown * resolution);
            ASSERT_LT(estimate, (shown + 1) * resolution);
            ASSERT_GE(*wh, estimate);
        }
    }
}

} // namespace
