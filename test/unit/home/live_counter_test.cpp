// The counter that grows all the time: what it counts, what it leaves out, and how a register puts
// it right. Expected values are power times time by hand.
#include <gtest/gtest.h>

#include "home/live_counter.hpp"

namespace {

using namespace std::chrono_literals;
using hanport::LiveCounter;
using hanport::WallTime;

const WallTime one_o_clock{std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + 13h};

// Power from `begin` to `end`, every 10 s, both included.
void draw(LiveCounter& counter, WallTime begin, WallTime end, std::int64_t watts) {
    for (WallTime time = begin; time <= end; time += 10s)
        (void)counter.on_power(time, watts);
}

// Known since one o'clock with 1,000,000 Wh.
LiveCounter begun(std::int64_t resolution = 1) {
    LiveCounter counter;
    (void)counter.on_power(one_o_clock - 10s, 3600);
    (void)counter.on_power(one_o_clock + 10s, 3600);
    (void)counter.on_register({.wh = 1'000'000, .resolution_wh = resolution}, one_o_clock);
    return counter;
}

TEST(LiveCounterTest, StartsWithTheFirstRegister) {
    LiveCounter counter;
    draw(counter, one_o_clock - 30min, one_o_clock, 3600);
    EXPECT_FALSE(counter.wh().has_value());
    (void)counter.on_power(one_o_clock + 10s, 3600);
    (void)counter.on_register({.wh = 1'000'000}, one_o_clock);
    EXPECT_EQ(counter.wh(), 1'000'010) << "3600 W are 1 Wh a second, and 10 s have gone by";
}

TEST(LiveCounterTest, GrowsWithEveryList) {
    LiveCounter counter = begun();
    draw(counter, one_o_clock + 20s, one_o_clock + 30min, 3600);
    EXPECT_EQ(counter.wh(), 1'001'800);
    (void)counter.on_power(one_o_clock + 30min + 2s, 3600);
    EXPECT_EQ(counter.wh(), 1'001'802);
}

TEST(LiveCounterTest, PowerIsThatOfTheListBeforeUntilTheNext) {
    LiveCounter counter = begun();
    (void)counter.on_power(one_o_clock + 20s, 36'000); // 10 Wh so far, then 10 Wh a second
    EXPECT_EQ(counter.wh(), 1'000'020);
    (void)counter.on_power(one_o_clock + 30s, 0);
    EXPECT_EQ(counter.wh(), 1'000'120);
    (void)counter.on_power(one_o_clock + 40s, 0);
    EXPECT_EQ(counter.wh(), 1'000'120);
    (void)counter.on_power(one_o_clock + 60s, 36'000);
    EXPECT_EQ(counter.wh(), 1'000'170) << "a list was lost, whose power is taken to be the mean";
}

TEST(LiveCounterTest, HoldsStillWhereItOvershot) {
    LiveCounter counter = begun();
    draw(counter, one_o_clock + 20s, one_o_clock + 60min + 10s, 3600);
    EXPECT_EQ(counter.wh(), 1'003'610);
    (void)counter.on_register({.wh = 1'003'500}, one_o_clock + 1h);
    EXPECT_EQ(counter.wh(), 1'003'610) << "the truth is 1,003,510";
    draw(counter, one_o_clock + 60min + 20s, one_o_clock + 60min + 100s, 3600);
    EXPECT_EQ(counter.wh(), 1'003'610);
    draw(counter, one_o_clock + 60min + 110s, one_o_clock + 60min + 200s, 3600);
    EXPECT_EQ(counter.wh(), 1'003'700) << "truth has caught up, within the register's last Wh";
}

TEST(LiveCounterTest, StepsUpWhereItUndershot) {
    LiveCounter counter = begun();
    draw(counter, one_o_clock + 20s, one_o_clock + 60min + 10s, 3600);
    (void)counter.on_register({.wh = 1'003'800}, one_o_clock + 1h);
    EXPECT_EQ(counter.wh(), 1'003'810);
}

TEST(LiveCounterTest, ARegisterOf10WhLeavesWhatFitsItAlone) {
    LiveCounter counter = begun(10);
    draw(counter, one_o_clock + 20s, one_o_clock + 60min + 10s, 3600);
    (void)counter.on_register({.wh = 1'003'600, .resolution_wh = 10}, one_o_clock + 1h);
    EXPECT_EQ(counter.wh(), 1'003'610);
    draw(counter, one_o_clock + 60min + 20s, one_o_clock + 120min + 10s, 3604);
    // 1,007,203.98 at three o'clock: a register that shows 1,007,200 is of anything up to 1,007,209.
    (void)counter.on_register({.wh = 1'007'200, .resolution_wh = 10}, one_o_clock + 2h);
    EXPECT_EQ(counter.wh(), 1'007'213);
}

TEST(LiveCounterTest, NothingIsInventedInAGap) {
    for (const auto gap : {61s, 3000s}) {
        LiveCounter counter = begun();
        (void)counter.on_power(one_o_clock + 10s + gap, 3600);
        EXPECT_EQ(counter.wh(), 1'000'010) << gap.count();
    }
    LiveCounter counter = begun();
    (void)counter.on_power(one_o_clock + 70s, 3600);
    EXPECT_EQ(counter.wh(), 1'000'070) << "some lists were lost";
}

TEST(LiveCounterTest, AGapOverHoursIsBridgedByTheNextRegister) {
    LiveCounter counter = begun();
    (void)counter.on_power(one_o_clock + 30h + 10s, 3600);
    EXPECT_EQ(counter.wh(), 1'000'010);
    (void)counter.on_register({.wh = 1'050'000}, one_o_clock + 30h);
    EXPECT_EQ(counter.wh(), 1'050'000) << "of the 10 s since the hour nothing is known";
    (void)counter.on_power(one_o_clock + 30h + 20s, 3600);
    EXPECT_EQ(counter.wh(), 1'050'010);
}

TEST(LiveCounterTest, AClockThatIsSetBackCountsNothing) {
    LiveCounter counter = begun();
    (void)counter.on_power(one_o_clock - 5h, 3600);
    EXPECT_EQ(counter.wh(), 1'000'010);
    (void)counter.on_power(one_o_clock - 5h + 10s, 3600);
    EXPECT_EQ(counter.wh(), 1'000'020);
}

TEST(LiveCounterTest, AnOrderlyEndLosesNothingAndACrashFallsNowhere) {
    LiveCounter before = begun();
    draw(before, one_o_clock + 20s, one_o_clock + 30min, 3600);
    {
        LiveCounter after(before.state(), true);
        EXPECT_EQ(after.wh(), 1'001'800);
        (void)after.on_power(one_o_clock + 30min + 15s, 3600);
        EXPECT_EQ(after.wh(), 1'001'815);
    }
    // The state is older than what was published last.
    LiveCounter after(before.state(), false);
    EXPECT_FALSE(after.wh().has_value()) << "nobody knows";
    draw(after, one_o_clock + 40min, one_o_clock + 60min + 10s, 3600);
    EXPECT_FALSE(after.wh().has_value());
    (void)after.on_register({.wh = 1'003'600}, one_o_clock + 1h);
    EXPECT_EQ(after.wh(), 1'003'610);
}

TEST(LiveCounterTest, NewRegistersGoOnFromWhereItIs) {
    LiveCounter counter = begun();
    draw(counter, one_o_clock + 20s, one_o_clock + 60min + 10s, 3600);
    counter.on_new_registers({.wh = 12}, one_o_clock + 1h);
    EXPECT_EQ(counter.wh(), 1'003'610);
    draw(counter, one_o_clock + 60min + 20s, one_o_clock + 120min + 10s, 3600);
    (void)counter.on_register({.wh = 12 + 3700}, one_o_clock + 2h);
    EXPECT_EQ(counter.wh(), 1'003'600 + 3700 + 10) << "100 Wh more than power says";
}

TEST(LiveCounterTest, RegistersOfTheMomentAreTakenAtTheMoment) {
    LiveCounter counter = begun();
    draw(counter, one_o_clock + 20s, one_o_clock + 30min, 3600);
    (void)counter.on_register({.wh = 1'001'850}, one_o_clock + 30min);
    EXPECT_EQ(counter.wh(), 1'001'850);
    EXPECT_EQ(hanport::to_wh(counter.this_hour()), 1850);
}

TEST(LiveCounterTest, ARegisterOfAnOlderHourSaysNothing) {
    LiveCounter counter = begun();
    draw(counter, one_o_clock + 20s, one_o_clock + 60min + 10s, 3600);
    (void)counter.on_register({.wh = 1'000'000}, one_o_clock);
    EXPECT_EQ(counter.wh(), 1'003'610);
}

TEST(LiveCounterTest, HoursEndWithWhatFlowedInThem) {
    LiveCounter counter;
    std::vector<hanport::LiveHour> hours;
    for (WallTime time = one_o_clock + 20min; time < one_o_clock + 3h; time += 10s) {
        if (time > one_o_clock + 140min && time < one_o_clock + 150min)
            continue; // a gap in the third
        if (const auto hour = counter.on_power(time, 1800))
            hours.push_back(*hour);
    }
    ASSERT_EQ(hours.size(), 2U);
    EXPECT_EQ(hours[0].begin, one_o_clock);
    EXPECT_FALSE(hours[0].complete) << "its first 20 minutes were missed";
    EXPECT_EQ(hanport::to_wh(hours[0].energy), 1200);
    EXPECT_EQ(hours[1].begin, one_o_clock + 1h);
    EXPECT_TRUE(hours[1].complete);
    EXPECT_EQ(hanport::to_wh(hours[1].energy), 1800);
    const auto third = counter.on_power(one_o_clock + 3h, 1800);
    ASSERT_TRUE(third.has_value());
    EXPECT_FALSE(third->complete);
}

} // namespace
