// Which full hour a register is taken for, with meter clocks of all kinds.
#include "meter/hour_clock.hpp"
#include "unit/meter/home_lists.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using hanport::base::WallTime;
using hanport::meter::HourClock;
using std::chrono::local_seconds;
using support::at;

// 14:00 of Norwegian normal time.
const WallTime hour{std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + 13h};

struct Row {
    const char* name;
    std::chrono::seconds arrival;              // after the host's full hour
    std::optional<std::chrono::seconds> clock; // the meter's, after 13:00 of its own day
    std::chrono::seconds time;                 // what the registers are of, after the host's hour
    std::optional<std::chrono::hours> hour;    // the hour that they are taken for
    bool off;
};

class RegisterMoments : public testing::TestWithParam<Row> {};

TEST_P(RegisterMoments, AreOfTheRightHour) {
    const Row& row = GetParam();
    std::optional<han::dlms::DateTime> clock;
    if (row.clock)
        clock = support::clock_showing(
            local_seconds(hour.time_since_epoch().count() / 1'000'000'000 * 1s) + *row.clock);
    HourClock hours;
    hours.on_list(hour + row.arrival, clock);
    const auto moment = hours.on_registers(at(hour + row.arrival), clock);
    EXPECT_TRUE(moment.first);
    EXPECT_EQ(moment.time - hour, row.time);
    ASSERT_EQ(moment.hour.has_value(), row.hour.has_value());
    if (row.hour) {
        EXPECT_EQ(*moment.hour, hour + *row.hour);
    }
    EXPECT_EQ(hours.clock_is_off(), row.off);
}

INSTANTIATE_TEST_SUITE_P(
    All, RegisterMoments,
    testing::Values(Row{"NormalTime", 10s, 1h + 10s, 0s, 0h, false},
                    Row{"SummerTime", 10s, 2h + 10s, 0s, 0h, false},
                    Row{"Utc", 10s, 10s, 0s, 0h, false},
                    Row{"LateInTheMinute", 56s, 1h + 55s, 0s, 0h, false},
                    Row{"ClockOfTheFullHour", 12s, 1h, 0s, 0h, false},
                    Row{"WithoutClock", 12s, {}, 0s, 0h, false},
                    Row{"AMinuteSlow", 70s, 1h + 10s, 0s, 0h, false},
                    Row{"AMinuteFast", -50s, 1h + 10s, 0s, 0h, false},
                    Row{"SevenMinutesFast", -410s, 1h + 10s, -420s, {}, true},
                    Row{"TwentyMinutesSlow", 1210s, 1h + 10s, 1200s, {}, true},
                    Row{"FortyMinutesFast", -2390s, 1h + 10s, -2400s, {}, true},
                    Row{"AnotherYear", 10s, 24h * 365 + 1h + 10s, 0s, 0h, true},
                    Row{"OfTheMoment", 1500s, 1h + 1500s, 1500s, {}, false},
                    Row{"OfTheMomentWithoutClock", 1500s, {}, 1500s, {}, false}),
    [](const auto& row_info) { return row_info.param.name; });

// Every 10 s: those of the moment, and the first of an hour is that of the hour.
TEST(HourClockTest, RegistersThatComeInEveryListAreOfTheMoment) {
    HourClock clock;
    (void)clock.on_registers(at(hour - 47s), {});
    std::vector<WallTime> hours;
    for (WallTime time = hour - 37s; time < hour + 70min; time += 10s) {
        const auto moment = clock.on_registers(at(time), {});
        EXPECT_EQ(moment.time, time);
        EXPECT_EQ(moment.first, moment.hour.has_value());
        if (moment.hour)
            hours.push_back(*moment.hour);
    }
    EXPECT_EQ(hours, (std::vector<WallTime>{hour, hour + 1h}));
}

struct Step {
    std::chrono::seconds since; // the host's full hour
    int hour, minute;           // of the meter's clock; -1: it has none
    bool expected;
};
struct Lists {
    const char* name;
    std::vector<Step> steps; // lists with registers
};

class HourlyLists : public testing::TestWithParam<Lists> {};

TEST_P(HourlyLists, AreTheFirstOfTheirHour) {
    HourClock clock;
    for (const Step& step : GetParam().steps) {
        std::optional<han::dlms::DateTime> shown;
        if (step.hour >= 0)
            shown =
                support::clock_showing(std::chrono::local_days(std::chrono::year(2026) / 11 / 20) +
                                       step.hour * 1h + step.minute * 1min);
        EXPECT_EQ(clock.on_registers(at(hour + step.since), shown).first, step.expected)
            << step.since.count() << " s";
    }
}

INSTANTIATE_TEST_SUITE_P(
    All, HourlyLists,
    testing::Values(
        Lists{"OnceAnHour", {{0s, 12, 0, true}, {3600s, 13, 0, true}, {7200s, 14, 0, true}}},
        Lists{
            "EveryTenSeconds",
            {{-20s, 12, 59, true}, {-10s, 12, 59, false}, {0s, 13, 0, true}, {10s, 13, 0, false}}},
        Lists{"NineMinutesFast",
              {{-20s, 13, 8, true}, {-10s, 13, 8, false}, {0s, 13, 9, true}, {10s, 13, 9, false}}},
        Lists{"InFastMotion", {{0s, 12, 0, true}, {1s, 13, 0, true}}},
        Lists{"SameHourAgainAtTheEndOfSummerTime", {{0s, 2, 0, true}, {3600s, 2, 0, true}}},
        Lists{"AClockThatStands", {{0s, 2, 0, true}, {10s, 2, 0, false}, {1810s, 2, 0, true}}},
        Lists{"SentAgainAtOnce", {{0s, 2, 0, true}, {5s, 2, 0, false}}},
        Lists{"NoClock", {{0s, -1, 0, true}, {10s, -1, 0, false}, {3600s, -1, 0, true}}},
        Lists{"NoClockEveryTenSeconds",
              {{-20s, -1, 0, true}, {-10s, -1, 0, false}, {0s, -1, 0, true}, {10s, -1, 0, false}}}),
    [](const auto& test) { return test.param.name; });

TEST(HourClockTest, ARestartDoesNotMakeAnHourHourlyAgain) {
    HourClock clock;
    clock.restore(hour + 10s, {});
    EXPECT_FALSE(clock.on_registers(at(hour + 5min), {}).first);
    EXPECT_TRUE(clock.on_registers(at(hour + 1h), {}).first);
}

// The computer's clock is set an hour ahead and back: registers every 10 s have an hourly list at
// each change of the hour, those once an hour have theirs as before.
TEST(HourClockTest, AfterARestartRegistersInFastMotionAreHourlyAllTheSame) {
    HourClock clock;
    clock.restore(hour + 10s, support::normal_time(hour));
    const auto moment =
        clock.on_registers(at(hour + 11s), support::clock_showing(support::normal_time(hour + 1h)));
    EXPECT_TRUE(moment.first);
}

TEST(HourClockTest, AClockThatIsSetDoesNotMakeRegistersRare) {
    HourClock clock;
    (void)clock.on_registers(at(hour + 10min), {});
    const auto ahead = clock.on_registers(
        {.steady = at(hour + 10min + 10s).steady, .wall = hour + 70min + 10s}, {});
    EXPECT_TRUE(ahead.first);
    EXPECT_FALSE(ahead.hour.has_value());
    const auto next = clock.on_registers(
        {.steady = at(hour + 10min + 20s).steady, .wall = hour + 70min + 20s}, {});
    EXPECT_FALSE(next.first);
    EXPECT_EQ(next.time, hour + 70min + 20s);
}

} // namespace
