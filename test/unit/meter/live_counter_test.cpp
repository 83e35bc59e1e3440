// The counter that grows all the time: what it counts, what it leaves out, and how a register puts
// it right. Expected values are power times time by hand.
#include "meter/live_counter.hpp"
#include "unit/meter/home_lists.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using hanport::base::WallTime;
using hanport::meter::LiveCounter;
using support::at;

const WallTime one_o_clock{std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + 13h};

// Power from `begin` to `end`, every 10 s, both included.
void draw(LiveCounter& counter, WallTime begin, WallTime end, std::int64_t watts) {
    for (WallTime time = begin; time <= end; time += 10s)
        (void)counter.on_power(at(time), watts);
}

// With the last list.
void take(LiveCounter& counter, const hanport::meter::RegisterReading& reading, WallTime of) {
    (void)counter.on_register(reading, of, at(counter.state().last));
}

// Known since one o'clock with 1,000,000 Wh.
LiveCounter begun(std::int64_t resolution = 1) {
    LiveCounter counter;
    (void)counter.on_power(at(one_o_clock - 10s), 3600);
    (void)counter.on_power(at(one_o_clock + 10s), 3600);
    take(counter, {.wh = 1'000'000, .resolution_wh = resolution}, one_o_clock);
    return counter;
}

TEST(LiveCounterTest, StartsWithTheFirstRegister) {
    LiveCounter counter;
    draw(counter, one_o_clock - 30min, one_o_clock, 3600);
    EXPECT_FALSE(counter.wh().has_value());
    (void)counter.on_power(at(one_o_clock + 10s), 3600);
    take(counter, {.wh = 1'000'000}, one_o_clock);
    EXPECT_EQ(counter.wh(), 1'000'010) << "3600 W are 1 Wh a second, and 10 s have gone by";
}

TEST(LiveCounterTest, GrowsWithEveryList) {
    LiveCounter counter = begun();
    draw(counter, one_o_clock + 20s, one_o_clock + 30min, 3600);
    EXPECT_EQ(counter.wh(), 1'001'800);
    (void)counter.on_power(at(one_o_clock + 30min + 2s), 3600);
    EXPECT_EQ(counter.wh(), 1'001'802);
}

TEST(LiveCounterTest, PowerIsThatOfTheListBeforeUntilTheNext) {
    LiveCounter counter = begun();
    (void)counter.on_power(at(one_o_clock + 20s), 36'000); // 10 Wh so far, then 10 Wh a second
    EXPECT_EQ(counter.wh(), 1'000'020);
    (void)counter.on_power(at(one_o_clock + 30s), 0);
    EXPECT_EQ(counter.wh(), 1'000'120);
    (void)counter.on_power(at(one_o_clock + 40s), 0);
    EXPECT_EQ(counter.wh(), 1'000'120);
    (void)counter.on_power(at(one_o_clock + 60s), 36'000);
    EXPECT_EQ(counter.wh(), 1'000'170) << "a list was lost, whose power is taken to be the mean";
}

TEST(LiveCounterTest, HoldsStillWhereItOvershot) {
    LiveCounter counter = begun();
    draw(counter, one_o_clock + 20s, one_o_clock + 60min + 10s, 3600);
    EXPECT_EQ(counter.wh(), 1'003'610);
    take(counter, {.wh = 1'003'500}, one_o_clock + 1h);
    EXPECT_EQ(counter.wh(), 1'003'610) << "the truth is 1,003,510";
    draw(counter, one_o_clock + 60min + 20s, one_o_clock + 60min + 100s, 3600);
    EXPECT_EQ(counter.wh(), 1'003'610);
    draw(counter, one_o_clock + 60min + 110s, one_o_clock + 60min + 200s, 3600);
    EXPECT_EQ(counter.wh(), 1'003'700) << "truth has caught up, within the register's last Wh";
}

TEST(LiveCounterTest, StepsUpWhereItUndershot) {
    LiveCounter counter = begun();
    draw(counter, one_o_clock + 20s, one_o_clock + 60min + 10s, 3600);
    take(counter, {.wh = 1'003'800}, one_o_clock + 1h);
    EXPECT_EQ(counter.wh(), 1'003'810);
}

TEST(LiveCounterTest, ARegisterOf10WhLeavesWhatFitsItAlone) {
    LiveCounter counter = begun(10);
    draw(counter, one_o_clock + 20s, one_o_clock + 60min + 10s, 3600);
    take(counter, {.wh = 1'003'600, .resolution_wh = 10}, one_o_clock + 1h);
    EXPECT_EQ(counter.wh(), 1'003'610);
    draw(counter, one_o_clock + 60min + 20s, one_o_clock + 120min + 10s, 3604);
    // 1,007,203.98 at three o'clock: a register that shows 1,007,200 is of anything up to 1,007,209.
    take(counter, {.wh = 1'007'200, .resolution_wh = 10}, one_o_clock + 2h);
    EXPECT_EQ(counter.wh(), 1'007'213);
}

TEST(LiveCounterTest, NothingIsInventedInAGap) {
    for (const auto gap : {61s, 3000s}) {
        LiveCounter counter = begun();
        (void)counter.on_power(at(one_o_clock + 10s + gap), 3600);
        EXPECT_EQ(counter.wh(), 1'000'010) << gap.count();
    }
    LiveCounter counter = begun();
    (void)counter.on_power(at(one_o_clock + 70s), 3600);
    EXPECT_EQ(counter.wh(), 1'000'070) << "some lists were lost";
}

TEST(LiveCounterTest, AGapOverHoursIsBridgedByTheNextRegister) {
    LiveCounter counter = begun();
    (void)counter.on_power(at(one_o_clock + 30h + 10s), 3600);
    EXPECT_EQ(counter.wh(), 1'000'010);
    take(counter, {.wh = 1'050'000}, one_o_clock + 30h);
    EXPECT_EQ(counter.wh(), 1'050'000) << "of the 10 s since the hour nothing is known";
    (void)counter.on_power(at(one_o_clock + 30h + 20s), 3600);
    EXPECT_EQ(counter.wh(), 1'050'010);
}

TEST(LiveCounterTest, AClockThatIsSetBackCountsNothing) {
    LiveCounter counter = begun();
    (void)counter.on_power(at(one_o_clock - 5h), 3600);
    EXPECT_EQ(counter.wh(), 1'000'010);
    (void)counter.on_power(at(one_o_clock - 5h + 10s), 3600);
    EXPECT_EQ(counter.wh(), 1'000'020);
}

// The wall clock is set at half past one by this: energy is power times the time that went by.
TEST(LiveCounterTest, AClockThatIsSetChangesNoEnergy) {
    for (const std::chrono::seconds set_by : std::initializer_list<std::chrono::seconds>{
             1h, -1h, 20min, -20min, 24h * 365, -24h * 365, 59s, -59s}) {
        LiveCounter counter = begun();
        draw(counter, one_o_clock + 20s, one_o_clock + 30min, 3600);
        std::vector<hanport::meter::LiveHour> hours;
        const WallTime one_more = one_o_clock + 90min;
        for (WallTime time = one_o_clock + 30min + 10s; time <= one_more; time += 10s)
            if (const auto hour =
                    counter.on_power({.steady = at(time).steady, .wall = time + set_by}, 3600))
                hours.push_back(*hour);
        EXPECT_EQ(counter.wh(), 1'000'000 + 90 * 60) << set_by / 1s;
        for (const auto& hour : hours) {
            EXPECT_LE(hanport::meter::to_wh(hour.energy), 3600) << set_by / 1s;
            EXPECT_EQ(hour.begin, hanport::meter::hour_of(hour.begin));
        }
        EXPECT_LE(hanport::meter::to_wh(counter.this_hour()), 3600) << set_by / 1s;
        // A register of the moment, some seconds after the power: nothing is lost or won.
        const WallTime now = one_more + 5s;
        (void)counter.on_register({.wh = 1'005'405}, now + set_by,
                                  {.steady = at(now).steady, .wall = now + set_by});
        EXPECT_EQ(counter.wh(), 1'005'405) << set_by / 1s;
    }
}

TEST(LiveCounterTest, AClockSetBackByAMinuteLeavesTheHourItsPart) {
    LiveCounter counter = begun();
    draw(counter, one_o_clock + 20s, one_o_clock + 30min, 3600);
    const WallTime now = one_o_clock + 30min + 10s;
    (void)counter.on_power({.steady = at(now).steady, .wall = now - 1min}, 3600);
    EXPECT_EQ(hanport::meter::to_wh(counter.this_hour()), 29 * 60 + 10);
    EXPECT_EQ(counter.wh(), 1'001'810);
}

// Registers that come alone, with a clock set back since the last power.
TEST(LiveCounterTest, ARegisterAfterTheClockWasSetBackRaisesNothing) {
    LiveCounter counter = begun();
    draw(counter, one_o_clock + 20s, one_o_clock + 30min, 3600);
    const WallTime now = one_o_clock + 30min + 5s;
    (void)counter.on_register({.wh = 1'001'800}, now - 90min,
                              {.steady = at(now).steady, .wall = now - 90min});
    EXPECT_EQ(counter.wh(), 1'001'800);
}

TEST(LiveCounterTest, AClockPutRightByASecondRepeatsNoHour) {
    LiveCounter counter = begun();
    std::vector<hanport::meter::LiveHour> hours;
    for (WallTime time = one_o_clock + 20s; time <= one_o_clock + 125min; time += 2s) {
        const auto back = time > one_o_clock + 1h ? 3500ms : 0ms; // 13:59:58.5 comes after 14:00:00
        if (const auto hour =
                counter.on_power({.steady = at(time).steady, .wall = time - back}, 3600))
            hours.push_back(*hour);
    }
    ASSERT_EQ(hours.size(), 2U);
    EXPECT_NEAR(static_cast<double>(hanport::meter::to_wh(hours[0].energy)), 3600, 5);
    EXPECT_NEAR(static_cast<double>(hanport::meter::to_wh(hours[1].energy)), 3600, 5);
}

// Half an hour before two o'clock is lost; a register at ten past two adds it.
TEST(LiveCounterTest, WhatWasMissedBeforeTheHourIsNotOfTheHour) {
    LiveCounter counter = begun();
    draw(counter, one_o_clock + 20s, one_o_clock + 15min, 3600);
    draw(counter, one_o_clock + 45min, one_o_clock + 70min, 3600);
    take(counter, {.wh = 1'004'200}, one_o_clock + 70min);
    EXPECT_EQ(counter.wh(), 1'004'200);
    EXPECT_EQ(hanport::meter::to_wh(counter.this_hour()), 600);
    // Nor is what the meter had before it was known.
    LiveCounter fresh;
    draw(fresh, one_o_clock - 10min, one_o_clock + 2min, 3600);
    draw(fresh, one_o_clock + 4min, one_o_clock + 10min, 3600);
    take(fresh, {.wh = 1'000'000}, one_o_clock + 10min);
    EXPECT_EQ(hanport::meter::to_wh(fresh.this_hour()), 480);
}

TEST(LiveCounterTest, AnOrderlyEndLosesNothingAndACrashFallsNowhere) {
    LiveCounter before = begun();
    draw(before, one_o_clock + 20s, one_o_clock + 30min, 3600);
    {
        LiveCounter after(before.state(), true);
        EXPECT_EQ(after.wh(), 1'001'800);
        (void)after.on_power(at(one_o_clock + 30min + 15s), 3600);
        EXPECT_EQ(after.wh(), 1'001'815);
    }
    // The state is older than the last published value.
    LiveCounter after(before.state(), false);
    EXPECT_FALSE(after.wh().has_value()) << "nobody knows";
    draw(after, one_o_clock + 40min, one_o_clock + 60min + 10s, 3600);
    EXPECT_FALSE(after.wh().has_value());
    take(after, {.wh = 1'003'600}, one_o_clock + 1h);
    EXPECT_EQ(after.wh(), 1'003'610);
}

TEST(LiveCounterTest, NewRegistersGoOnFromWhereItIs) {
    LiveCounter counter = begun();
    draw(counter, one_o_clock + 20s, one_o_clock + 60min + 10s, 3600);
    counter.on_new_registers({.wh = 12}, one_o_clock + 1h, at(counter.state().last));
    EXPECT_EQ(counter.wh(), 1'003'610);
    draw(counter, one_o_clock + 60min + 20s, one_o_clock + 120min + 10s, 3600);
    take(counter, {.wh = 12 + 3700}, one_o_clock + 2h);
    EXPECT_EQ(counter.wh(), 1'003'600 + 3700 + 10) << "100 Wh more than power says";
}

TEST(LiveCounterTest, RegistersOfTheMomentAreTakenAtTheMoment) {
    LiveCounter counter = begun();
    draw(counter, one_o_clock + 20s, one_o_clock + 30min, 3600);
    take(counter, {.wh = 1'001'850}, one_o_clock + 30min);
    EXPECT_EQ(counter.wh(), 1'001'850);
    EXPECT_EQ(hanport::meter::to_wh(counter.this_hour()), 1850);
}

TEST(LiveCounterTest, ARegisterOfAnOlderHourSaysNothing) {
    LiveCounter counter = begun();
    draw(counter, one_o_clock + 20s, one_o_clock + 60min + 10s, 3600);
    take(counter, {.wh = 1'000'000}, one_o_clock);
    EXPECT_EQ(counter.wh(), 1'003'610);
}

TEST(LiveCounterTest, HoursEndWithWhatFlowedInThem) {
    LiveCounter counter;
    std::vector<hanport::meter::LiveHour> hours;
    for (WallTime time = one_o_clock + 20min; time < one_o_clock + 3h; time += 10s) {
        if (time > one_o_clock + 140min && time < one_o_clock + 150min)
            continue; // a gap in the third
        if (const auto hour = counter.on_power(at(time), 1800))
            hours.push_back(*hour);
    }
    ASSERT_EQ(hours.size(), 2U);
    EXPECT_EQ(hours[0].begin, one_o_clock);
    EXPECT_FALSE(hours[0].complete) << "its first 20 minutes were missed";
    EXPECT_EQ(hanport::meter::to_wh(hours[0].energy), 1200);
    EXPECT_EQ(hours[1].begin, one_o_clock + 1h);
    EXPECT_TRUE(hours[1].complete);
    EXPECT_EQ(hanport::meter::to_wh(hours[1].energy), 1800);
    const auto third = counter.on_power(at(one_o_clock + 3h), 1800);
    ASSERT_TRUE(third.has_value());
    EXPECT_FALSE(third->complete);
}

} // namespace
