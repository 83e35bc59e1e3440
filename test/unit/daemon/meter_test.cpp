// What a meter makes of its lists: which one is hourly, when it is online, what is known of it.
#include "daemon/meter.hpp"
#include "support/hex.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using han::list::ListKind;
using hanport::Meter;

const Meter::Time begin{std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + 12h};

// A list with the meter's clock, or none where `hour` is negative.
han::list::List list_of(ListKind kind, int hour, int minute) {
    han::list::List list{};
    list.kind = kind;
    if (hour >= 0) {
        auto octets = support::hex("07EA 0B 14 05 00 00 00 FF 8000 00"); // 2026-11-20
        octets.at(5) = static_cast<std::uint8_t>(hour);
        octets.at(6) = static_cast<std::uint8_t>(minute);
        list.meter_time = han::dlms::DateTime(octets);
    }
    return list;
}

han::cosem::Reading reading(std::uint8_t c, std::uint8_t d, std::uint64_t number,
                            han::cosem::Unit unit) {
    return {.obis = {.a = 1, .b = 1, .c = c, .d = d, .e = 0},
            .unit = unit,
            .value = han::Decimal::of_unsigned(number)};
}

struct Step {
    std::chrono::seconds since_begin;
    int hour, minute; // of the meter's clock; -1: it has none
    ListKind expected;
};
struct Row {
    const char* name;
    std::vector<Step> steps; // lists with registers
};

class MeterHours : public testing::TestWithParam<Row> {};

TEST_P(MeterHours, TheFirstOfAnHourIsHourly) {
    Meter meter("1");
    for (const Step& step : GetParam().steps)
        EXPECT_EQ(
            meter.take(list_of(ListKind::hourly, step.hour, step.minute), begin + step.since_begin),
            step.expected)
            << step.since_begin.count() << " s";
}

INSTANTIATE_TEST_SUITE_P(
    All, MeterHours,
    testing::Values(
        Row{"OnceAnHour",
            {{0s, 12, 0, ListKind::hourly},
             {3600s, 13, 0, ListKind::hourly},
             {7200s, 14, 0, ListKind::hourly}}},
        Row{"EveryTenSeconds",
            {{0s, 12, 59, ListKind::hourly},
             {10s, 12, 59, ListKind::live},
             {20s, 13, 0, ListKind::hourly},
             {30s, 13, 0, ListKind::live}}},
        Row{"FasterThanTheClock", {{0s, 12, 0, ListKind::hourly}, {1s, 13, 0, ListKind::hourly}}},
        Row{"SameHourAgainAtTheEndOfSummerTime",
            {{0s, 2, 0, ListKind::hourly}, {3600s, 2, 0, ListKind::hourly}}},
        Row{"AClockThatStands",
            {{0s, 2, 0, ListKind::hourly},
             {10s, 2, 0, ListKind::live},
             {1800s + 10s, 2, 0, ListKind::hourly}}},
        Row{"SentAgainAtOnce", {{0s, 2, 0, ListKind::hourly}, {5s, 2, 0, ListKind::live}}},
        Row{"NoClock",
            {{0s, -1, 0, ListKind::hourly},
             {10s, -1, 0, ListKind::live},
             {3600s, -1, 0, ListKind::hourly}}}),
    [](const auto& test) { return test.param.name; });

TEST(MeterTest, ARestartDoesNotMakeAnHourHourlyAgain) {
    Meter before("1");
    ASSERT_EQ(before.take(list_of(ListKind::hourly, 12, 0), begin), ListKind::hourly);
    EXPECT_EQ(before.meter_hour(), "2026-11-20T12");
    Meter after("1");
    after.restore(before.snapshot(), before.meter_hour(), begin);
    EXPECT_EQ(after.take(list_of(ListKind::hourly, 12, 5), begin + 300s), ListKind::live);
    EXPECT_EQ(after.take(list_of(ListKind::hourly, 13, 0), begin + 3600s), ListKind::hourly);
}

TEST(MeterTest, IsOnlineForAMinute) {
    Meter meter("1");
    EXPECT_FALSE(meter.is_online(begin)) << "never heard";
    (void)meter.take(list_of(ListKind::live, 12, 0), begin);
    EXPECT_TRUE(meter.is_online(begin));
    EXPECT_TRUE(meter.is_online(begin + 59s));
    EXPECT_FALSE(meter.is_online(begin + 60s));
    (void)meter.take(list_of(ListKind::power, 12, 1), begin + 70s);
    EXPECT_TRUE(meter.is_online(begin + 80s));
}

TEST(MeterTest, RestoredItIsNotOnline) {
    Meter meter("1");
    meter.restore({}, "2026-11-20T12", begin);
    EXPECT_FALSE(meter.is_online(begin + 1s));
}

TEST(MeterTest, IsCompleteWithBothKindsOfLists) {
    Meter meter("1");
    (void)meter.take(list_of(ListKind::power, 12, 0), begin);
    EXPECT_FALSE(meter.complete());
    (void)meter.take(list_of(ListKind::live, 12, 0), begin);
    EXPECT_FALSE(meter.complete());
    (void)meter.take(list_of(ListKind::hourly, 12, 0), begin);
    EXPECT_TRUE(meter.complete());
}

TEST(MeterTest, OfRegistersInEveryListTheSecondCompletes) {
    Meter meter("1");
    (void)meter.take(list_of(ListKind::hourly, 12, 0), begin);
    EXPECT_FALSE(meter.complete());
    (void)meter.take(list_of(ListKind::hourly, 12, 0), begin + 10s);
    EXPECT_TRUE(meter.complete());
}

TEST(MeterTest, KeepsTheLatestOfEachValueWithItsTime) {
    using han::cosem::Unit;
    Meter meter("1");
    auto hourly = list_of(ListKind::hourly, 12, 0);
    hourly.manufacturer = "Kamstrup";
    hourly.readings = {reading(1, 7, 100, Unit::watt), reading(1, 8, 5000, Unit::watt_hour)};
    auto live = list_of(ListKind::live, 12, 0);
    live.readings = {reading(1, 7, 200, Unit::watt)};
    EXPECT_EQ(meter.take(hourly, begin), ListKind::hourly);
    EXPECT_EQ(meter.take(live, begin + 10s), ListKind::live);
    const auto& snapshot = meter.snapshot();
    EXPECT_EQ(snapshot.manufacturer, "Kamstrup") << "what a list does not say stays";
    ASSERT_EQ(snapshot.values.size(), 2U);
    const auto& power = snapshot.values.at("active_power_import");
    EXPECT_EQ(power.value.magnitude, 200U);
    EXPECT_EQ(power.received, begin + 10s);
    const auto& energy = snapshot.values.at("active_energy_import");
    EXPECT_EQ(energy.value.magnitude, 5000U);
    EXPECT_EQ(energy.unit, Unit::watt_hour);
    EXPECT_EQ(energy.received, begin);
}

// Of a value in another unit than its quantity's the scale is not known: it is not published.
TEST(MeterTest, AValueWithoutItsUnitIsNotKept) {
    Meter meter("1");
    auto live = list_of(ListKind::live, 12, 0);
    live.readings = {reading(1, 7, 200, han::cosem::Unit::none),
                     reading(99, 7, 200, han::cosem::Unit::watt)};
    (void)meter.take(live, begin);
    EXPECT_TRUE(meter.snapshot().values.empty());
}

} // namespace
