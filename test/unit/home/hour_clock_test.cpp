// Which full hour a register is taken for, with meter clocks of all kinds.
#include "unit/home/home_lists.hpp"

#include <gtest/gtest.h>

#include "home/hour_clock.hpp"

namespace {

using namespace std::chrono_literals;
using hanport::HourClock;
using hanport::WallTime;
using std::chrono::local_seconds;

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
    const auto moment = hours.on_registers(hour + row.arrival, clock);
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
                    Row{"SevenMinutesFast", -410s, 1h + 10s, -420s, 0h, true},
                    Row{"TwentyMinutesSlow", 1210s, 1h + 10s, 1200s, 0h, true},
                    Row{"FortyMinutesFast", -2390s, 1h + 10s, -2400s, -1h, true},
                    Row{"AnotherYear", 10s, 24h * 365 + 1h + 10s, 0s, 0h, true},
                    Row{"OfTheMoment", 1500s, 1h + 1500s, 1500s, {}, false},
                    Row{"OfTheMomentWithoutClock", 1500s, {}, 1500s, {}, false}),
    [](const auto& row_info) { return row_info.param.name; });

// Every 10 s: those of the moment, and the first of an hour is that of the hour.
TEST(HourClockTest, RegistersThatComeInEveryListAreOfTheMoment) {
    HourClock clock;
    (void)clock.on_registers(hour - 47s, {});
    std::vector<WallTime> hours;
    for (WallTime time = hour - 37s; time < hour + 70min; time += 10s) {
        const auto moment = clock.on_registers(time, {});
        EXPECT_EQ(moment.time, time);
        if (moment.hour)
            hours.push_back(*moment.hour);
    }
    EXPECT_EQ(hours, (std::vector<WallTime>{hour, hour + 1h}));
}

} // namespace
