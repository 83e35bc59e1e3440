// State of a meter after its lists: online or not, and the known values.
#include "meter/meter.hpp"
#include "support/hex.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using han::list::ListKind;
using hanport::meter::Meter;

const Meter::Time begin{5s}; // soon after this computer was started

// A list with the meter's clock, or without a clock if `hour` is negative.
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

TEST(MeterTest, IsOnlineForAMinute) {
    Meter meter("1");
    EXPECT_FALSE(meter.is_online(begin)) << "never heard";
    meter.take(list_of(ListKind::live, 12, 0), ListKind::live, begin);
    EXPECT_TRUE(meter.is_online(begin));
    EXPECT_TRUE(meter.is_online(begin + 59s));
    EXPECT_FALSE(meter.is_online(begin + 60s));
    meter.take(list_of(ListKind::power, 12, 1), ListKind::power, begin + 70s);
    EXPECT_TRUE(meter.is_online(begin + 80s));
}

TEST(MeterTest, RestoredItIsNotOnline) {
    Meter meter("1");
    meter.restore({});
    EXPECT_FALSE(meter.is_online(begin + 1s));
}

TEST(MeterTest, IsCompleteWithBothKindsOfLists) {
    Meter meter("1");
    meter.take(list_of(ListKind::power, 12, 0), ListKind::power, begin);
    EXPECT_FALSE(meter.complete());
    meter.take(list_of(ListKind::live, 12, 0), ListKind::live, begin);
    EXPECT_FALSE(meter.complete());
    meter.take(list_of(ListKind::hourly, 12, 0), ListKind::hourly, begin);
    EXPECT_TRUE(meter.complete());
}

TEST(MeterTest, OfRegistersInEveryListTheSecondCompletes) {
    Meter meter("1");
    meter.take(list_of(ListKind::hourly, 12, 0), ListKind::hourly, begin);
    EXPECT_FALSE(meter.complete());
    meter.take(list_of(ListKind::hourly, 12, 0), ListKind::live, begin + 10s);
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
    meter.take(hourly, ListKind::hourly, begin);
    meter.take(live, ListKind::live, begin + 10s);
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
    meter.take(live, ListKind::live, begin);
    EXPECT_TRUE(meter.snapshot().values.empty());
}

} // namespace
