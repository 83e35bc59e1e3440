// Highest hours, means, steps and the power that is left, computed by hand and, over random months,
// by trying.
#include "meter/capacity_charge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

namespace {

using namespace std::chrono;
using namespace std::chrono_literals;
using hanport::base::WallTime;
using hanport::meter::HourSource;
using hanport::meter::Tariff;
using hanport::meter::TariffMethod;
using hanport::meter::TariffOptions;

// An hour of Norwegian normal time in November 2026.
WallTime at(int of_day, int hour) {
    return sys_days(2026y / November / 1) + days(of_day - 1) + hours(hour - 1);
}

// By clocks that agree.
hanport::base::Instant both(WallTime time) {
    return {.steady = hanport::base::SteadyTime(time.time_since_epoch()), .wall = time};
}

Tariff november(std::initializer_list<std::tuple<int, int, std::int64_t>> consumptions,
                TariffOptions options = {}) {
    Tariff tariff(std::move(options));
    for (const auto& [day, hour, wh] : consumptions)
        tariff.on_estimate(at(day, hour), wh);
    return tariff;
}

TEST(TariffTest, TheMeanOfTheThreeHighestHoursOnDifferentDays) {
    const Tariff tariff =
        november({{1, 18, 6100}, {1, 19, 6300}, {2, 7, 4000}, {3, 17, 5000}, {4, 2, 900}});
    const auto month = tariff.month_of(at(5, 12), at(5, 12));
    EXPECT_EQ(month.month, 2026y / November);
    EXPECT_EQ(month.count, 3);
    EXPECT_EQ(month.mean(), 5100) << "(6300 + 5000 + 4000) / 3; 6100 is of the same day as 6300";
    EXPECT_EQ(month.step, 2U) << "5 to 10 kW";
    ASSERT_EQ(month.highest.size(), 5U);
    EXPECT_EQ(month.highest[0].first, at(1, 19));
    EXPECT_EQ(month.highest[1].second.wh, 6100);
}

TEST(TariffTest, TheHighestHourAlone) {
    const Tariff tariff =
        november({{1, 18, 6100}, {2, 7, 10'001}}, {.method = TariffMethod::highest_hour});
    EXPECT_EQ(tariff.month_of(at(5, 12), at(5, 12)).mean(), 10'001);
    EXPECT_EQ(tariff.month_of(at(5, 12), at(5, 12)).step, 3U);
}

TEST(TariffTest, ALimitBelongsToItsStepOrToTheNext) {
    for (const bool inclusive : {true, false}) {
        const Tariff tariff({.inclusive = inclusive});
        EXPECT_EQ(tariff.step_of(3 * 5000, 3), inclusive ? 1U : 2U);
        EXPECT_EQ(tariff.step_of(3 * 5000 - 1, 3), 1U);
        EXPECT_EQ(tariff.step_of(3 * 5000 + 1, 3), 2U) << "a third of a Wh above";
        EXPECT_EQ(tariff.step_of(0, 0), 0U);
        EXPECT_EQ(tariff.step_of(25'001, 1), 6U);
    }
    const Tariff tariff({});
    EXPECT_EQ(tariff.step_of(3 * 5000, 3), 2U) << "the next one, as with 67 of 73 grid companies";
    EXPECT_EQ(tariff.lower_limit(0), 0);
    EXPECT_EQ(tariff.lower_limit(6), 25'000);
    EXPECT_EQ(tariff.upper_limit(5), 25'000);
    EXPECT_FALSE(tariff.upper_limit(6).has_value());
}

TEST(TariffTest, TwoRegistersAnHourApartTellTheHour) {
    Tariff tariff({});
    tariff.on_register(both(at(1, 12)), 1'000'000);
    tariff.on_estimate(at(1, 12), 1900);
    tariff.on_register(both(at(1, 13)), 1'002'030);
    tariff.on_estimate(at(1, 13), 777); // the register of 14 is lost
    tariff.on_register(both(at(1, 15)), 1'009'000);
    tariff.on_register(both(at(1, 15)), 1'009'500); // again
    tariff.on_register(both(at(1, 16)), 1'010'000);
    tariff.on_estimate(at(1, 12), 1);
    const auto& hours = tariff.hours();
    EXPECT_EQ(hours.at(at(1, 12)), (hanport::meter::TariffHour{2030, HourSource::registers}));
    EXPECT_EQ(hours.at(at(1, 13)), (hanport::meter::TariffHour{777, HourSource::estimate}));
    EXPECT_FALSE(hours.contains(at(1, 14)));
    EXPECT_EQ(hours.at(at(1, 15)).wh, 1000);
}

// A clock that was ahead for some hours: the month continues as if it had been correct.
TEST(TariffTest, AnExcursionOfTheClockPinsAndCostsNothing) {
    for (const auto ahead : {hours(24 * 365), hours(24 * 5)}) {
        Tariff tariff = november({{1, 18, 4000}, {2, 7, 3500}});
        tariff.on_register(both(at(3, 12)), 1'000'000);
        tariff.on_estimate(at(3, 13) + ahead, 9000);
        tariff.on_register({.steady = both(at(3, 13)).steady, .wall = at(3, 13) + ahead},
                           1'002'000);
        tariff.on_register({.steady = both(at(3, 14)).steady, .wall = at(3, 14) + ahead},
                           1'011'000);
        EXPECT_EQ(tariff.view(at(3, 15), 0, 0).month.mean(), 3750)
            << "of hours to come none counts";
        tariff.on_register(both(at(3, 15)), 1'013'000);
        tariff.on_register(both(at(3, 16)), 1'016'000);
        EXPECT_EQ(tariff.hours().at(at(3, 15)),
                  (hanport::meter::TariffHour{3000, HourSource::registers}));
        EXPECT_EQ(tariff.view(at(3, 17), 0, 0).month.mean(), 3500) << "(4000 + 3500 + 3000) / 3";
    }
}

TEST(TariffTest, RegistersAnHourApartByAClockThatWasSetTellNothing) {
    Tariff tariff({});
    tariff.on_register(both(at(1, 12)), 1'000'000);
    // Set back by an hour: two hours have gone by.
    tariff.on_register({.steady = both(at(1, 14)).steady, .wall = at(1, 13)}, 1'004'000);
    EXPECT_TRUE(tariff.hours().empty());
    // After a restart the steady clock is of no use: the wall clock is used.
    Tariff after({});
    after.restore(tariff.last_register());
    after.on_register(both(at(1, 14)), 1'006'000);
    EXPECT_EQ(after.hours().at(at(1, 13)).wh, 2000);
}

TEST(TariffTest, OfAnHourThatTheClockShowedTwiceTheLargerPartCounts) {
    Tariff tariff({});
    tariff.on_estimate(at(1, 12), 2000);
    tariff.on_estimate(at(1, 12), 900);
    EXPECT_EQ(tariff.hours().at(at(1, 12)).wh, 2000);
}

TEST(TariffTest, HoursBelongToTheMonthsOfLocalTime) {
    Tariff tariff({});
    tariff.on_estimate(sys_days(2026y / October / 31) + 22h, 3000); // 23:00 in Oslo
    tariff.on_estimate(sys_days(2026y / October / 31) + 23h, 4000); // 00:00 of November
    const WallTime november = sys_days(2026y / November / 15);
    EXPECT_EQ(tariff.month_of(november, november).mean(), 4000);
    EXPECT_EQ(tariff.month_before(november).mean(), 3000);
    EXPECT_EQ(tariff.month_before(november).month, 2026y / October);
    for (int hour = 0; hour < 24; ++hour)
        tariff.on_estimate(sys_days(2026y / November / 30) + hours(23 + hour), 1); // December
    EXPECT_FALSE(tariff.hours().contains(sys_days(2026y / October / 31) + 22h)) << "forgotten";
    EXPECT_EQ(tariff.month_before(sys_days(2026y / December / 5)).mean(), 4000);
}

// In Oslo the last Sunday of October has 25 hours: two that begin at 02:00, both of their own.
TEST(TariffTest, DaysOf25And23HoursHaveThatMany) {
    const auto zone = *hanport::meter::TimeZone::named("Europe/Oslo");
    for (const auto& [day, expected] :
         {std::pair{2026y / October / 25, 25}, std::pair{2026y / March / 29, 23},
          std::pair{2026y / October / 24, 24}}) {
        Tariff tariff({});
        std::set<WallTime> of_day;
        for (sys_seconds time = sys_days(day) - 12h; time < sys_days(day) + 36h; time += 1h) {
            if (floor<days>(zone.to_local(time)) != local_days(day))
                continue;
            of_day.insert(time);
            tariff.on_estimate(time, 1000 + static_cast<std::int64_t>(of_day.size()));
        }
        EXPECT_EQ(static_cast<int>(of_day.size()), expected);
        const auto month = tariff.month_of(sys_days(day) + 12h, sys_days(day) + 36h);
        EXPECT_EQ(month.count, 1) << "all of one day";
        EXPECT_EQ(month.mean(), 1000 + expected);
    }
}

TEST(TariffTest, CorrectionsGoBeforeWhatWasMeasured) {
    Tariff tariff = november({{1, 18, 60'000}, {2, 7, 4000}, {3, 17, 5000}});
    tariff.correct({{at(1, 18), std::nullopt}, {at(2, 7), 4500}, {at(9, 9), 1000}});
    const auto month = tariff.month_of(at(10, 12), at(10, 12));
    EXPECT_EQ(month.mean(), 3500) << "(5000 + 4500 + 1000) / 3";
    EXPECT_EQ(month.highest[1].second.source, HourSource::corrected);
    tariff.correct({});
    EXPECT_EQ(tariff.month_of(at(10, 12), at(10, 12)).mean(), 23'000);
}

TEST(TariffTest, TheTenHighestAreListed) {
    Tariff tariff({});
    for (int hour = 0; hour < 48; ++hour)
        tariff.on_estimate(at(3, hour), 100 * hour);
    const auto highest = tariff.month_of(at(6, 0), at(6, 0)).highest;
    ASSERT_EQ(highest.size(), 10U);
    EXPECT_EQ(highest.front().second.wh, 4700);
    EXPECT_EQ(highest.back().second.wh, 3800);
}

TEST(TariffTest, WhatTheHourWillEndAt) {
    const Tariff tariff({});
    const auto view = tariff.view(at(5, 12) + 15min, 600, 4000);
    EXPECT_EQ(view.hour, at(5, 12));
    EXPECT_EQ(view.consumed_wh, 600);
    EXPECT_EQ(view.projected_wh, 3600);
}

TEST(TariffTest, ThePowerThatMayBeDrawn) {
    // Days of 4.5, 4.0 and 3.5 kWh: a mean of 4.0 in the step up to 5.
    const Tariff tariff = november({{1, 18, 4000}, {2, 7, 3500}, {3, 17, 4500}});
    // On a fourth day 6.5 kWh would make (6.5 + 4.5 + 4.0) / 3 = 5.0, which is the next step.
    EXPECT_EQ(tariff.view(at(4, 12), 0, 0).allowed_power, 6499);
    EXPECT_EQ(tariff.view(at(4, 12) + 30min, 0, 0).allowed_power, 2 * 6499);
    EXPECT_EQ(tariff.view(at(4, 12) + 30min, 1500, 0).allowed_power, 2 * 4999);
    // On the third day, whose 4.5 it replaces: (7.5 + 4.0 + 3.5) / 3 = 5.0.
    EXPECT_EQ(tariff.view(at(3, 20), 0, 0).allowed_power, 7499);
    // When the hour has climbed already, what matters is the next step: (21.5 + 8.5) / 3 = 10.
    const auto climbed = tariff.view(at(4, 12) + 30min, 7000, 0);
    EXPECT_EQ(climbed.month.step, 2U);
    EXPECT_EQ(climbed.allowed_power, 2 * (21'499 - 7000));
    // Above the last limit there is no limit.
    const Tariff last = november({{1, 18, 40'000}, {2, 7, 40'000}, {3, 17, 40'000}});
    EXPECT_FALSE(last.view(at(4, 12), 0, 0).allowed_power.has_value());
}

// What is allowed, drawn until the hour ends, leaves the month below the limit and not on it, at
// whatever moment it is asked for; a whole Wh of what was consumed may be missing from the counter.
TEST(TariffTest, WhatIsAllowedStaysBelowTheLimit) {
    const Tariff tariff = november({{1, 18, 4000}, {2, 7, 4500}});
    constexpr std::int64_t consumed = 1000;
    for (auto left = 59min + 59s + 999ms; left > 10s; left -= 17s + 123ms) {
        const auto view = tariff.view(at(3, 13) - left, consumed, 0);
        ASSERT_TRUE(view.allowed_power) << left.count();
        const double drawn = static_cast<double>(*view.allowed_power * left.count()) / 3'600'000;
        EXPECT_LT(4000 + 4500 + consumed + 1 + drawn, 3 * 5000 + 0.001) << left.count();
    }
}

// Over random months: the allowed energy stays in the step; one Wh and a rounded W more does not.
TEST(TariffTest, WhatIsAllowedIsTheMostThatDoesNotClimb) {
    std::mt19937 random(20261120);
    const auto draw = [&](std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(0, most)(random);
    };
    for (int round = 0; round < 300; ++round) {
        Tariff tariff(
            {.inclusive = draw(1) == 0,
             .method = draw(3) == 0 ? TariffMethod::highest_hour : TariffMethod::three_days});
        const auto known_days = draw(6);
        for (int day = 1; day <= known_days; ++day)
            for (int hour = 0; hour < 24; hour += 3)
                tariff.on_estimate(at(day, hour), draw(1 + draw(12'000)));
        const WallTime hour = at(static_cast<int>(1 + draw(6)), 22);
        const auto consumed = draw(3000);
        const auto view = tariff.view(hour + 30min, consumed, 0);
        if (!view.allowed_power)
            continue;
        const auto step_after = [&](std::int64_t wh) {
            Tariff after = tariff;
            after.on_estimate(hour, wh);
            return after.month_of(hour, hour).step;
        };
        EXPECT_LE(step_after(consumed + *view.allowed_power / 2), view.month.step) << round;
        EXPECT_GT(step_after(consumed + *view.allowed_power / 2 + 1), view.month.step) << round;
    }
}

} // namespace
