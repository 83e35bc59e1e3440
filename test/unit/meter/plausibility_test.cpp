// Values dropped from a list, changes accepted after confirmation, and the messages about them.
#include "meter/plausibility.hpp"
#include "unit/meter/home_lists.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using hanport::base::WallTime;
using hanport::meter::CheckResult;
using hanport::meter::PlausibilityFilter;
using hanport::meter::ViolationKind;
using support::at;
using support::energy;
using support::list_with;
using support::normal_time;
using support::power;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const WallTime begin{std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + 13h + 10s};

std::vector<std::string> dropped(const CheckResult& result) {
    std::vector<std::string> found;
    for (const auto& violation : result.dropped)
        found.push_back(std::string(key(violation.kind)) + ' ' + violation.quantity);
    return found;
}

// An hourly list of that hour since the beginning.
CheckResult hourly(PlausibilityFilter& plausibility, int hour, std::int64_t wh) {
    const WallTime time = begin + hour * 1h;
    return plausibility.check(list_with({energy(wh)}, normal_time(time)), at(time));
}

TEST(GuardsTest, WhatIsPlausibleIsAccepted) {
    PlausibilityFilter plausibility({});
    EXPECT_THAT(dropped(hourly(plausibility, 0, 268'948'830)), IsEmpty());
    EXPECT_THAT(dropped(hourly(plausibility, 1, 268'950'860)), IsEmpty());
    EXPECT_THAT(dropped(hourly(plausibility, 2, 268'950'860)), IsEmpty()) << "no load is no doubt";
    EXPECT_THAT(dropped(hourly(plausibility, 100, 270'000'000)), IsEmpty()) << "a gap of days";
    EXPECT_FALSE(plausibility.is_implausible(at(begin).steady));
}

struct Row {
    const char* name;
    std::int64_t wh; // an hour after 268,948,830 Wh
    std::vector<std::string> expected;
};
class Registers : public testing::TestWithParam<Row> {};

TEST_P(Registers, AreDroppedWhereTheyCannotBe) {
    PlausibilityFilter plausibility({});
    (void)hourly(plausibility, 0, 268'948'830);
    const auto result = hourly(plausibility, 1, GetParam().wh);
    EXPECT_EQ(dropped(result), GetParam().expected);
    EXPECT_EQ(plausibility.is_implausible(at(begin + 1h).steady), !GetParam().expected.empty());
    EXPECT_THAT(dropped(hourly(plausibility, 2, 269'001'000)), IsEmpty())
        << "compared with the last good one";
    EXPECT_FALSE(plausibility.is_implausible(at(begin + 2h).steady));
}

INSTANTIATE_TEST_SUITE_P(
    All, Registers,
    testing::Values(Row{"Zero", 0, {"register_fell active_energy_import"}},
                    Row{"Lower", 268'948'820, {"register_fell active_energy_import"}},
                    Row{"TenTimes", 2'689'488'300, {"register_jumped active_energy_import"}},
                    Row{"AllOnes", 4'294'967'295, {"register_jumped active_energy_import"}},
                    Row{"AsMuchAsThereMayBe", 268'948'830 + 50'000, {}},
                    Row{"Beyond", 268'948'830 + 60'000, {"register_jumped active_energy_import"}}),
    [](const auto& row_info) { return row_info.param.name; });

TEST(GuardsTest, TheConfiguredPowerLimitsTheJump) {
    for (const auto& [limit, expected] : {std::pair{5'000, 1U}, std::pair{100'000, 0U}}) {
        PlausibilityFilter plausibility({.max_power = limit});
        (void)hourly(plausibility, 0, 1'000'000);
        EXPECT_EQ(hourly(plausibility, 1, 1'040'000).dropped.size(), expected) << limit;
    }
}

TEST(GuardsTest, ALargeConnectionIsLearned) {
    PlausibilityFilter plausibility({});
    (void)hourly(plausibility, 0, 1'000'000);
    for (int i = 0; i < 3; ++i)
        EXPECT_THAT(dropped(plausibility.check(list_with({power(45'000), power(0, 2)}),
                                               at(begin + i * 10s))),
                    IsEmpty());
    EXPECT_EQ(plausibility.limit(), 90'000);
    EXPECT_THAT(dropped(hourly(plausibility, 1, 1'080'000)), IsEmpty());
    EXPECT_EQ(PlausibilityFilter({}, plausibility.state()).limit(), 90'000) << "and remembered";
}

TEST(GuardsTest, OneNonsensicalPowerTeachesNothing) {
    PlausibilityFilter plausibility({});
    (void)plausibility.check(list_with({power(2'000)}), at(begin));
    EXPECT_THAT(dropped(plausibility.check(list_with({power(2'000'000)}), at(begin + 10s))),
                ElementsAre("power_too_high active_power_import"));
    EXPECT_TRUE(plausibility.is_implausible(at(begin + 20s).steady));
    EXPECT_FALSE(plausibility.is_implausible(at(begin + 11min).steady));
    (void)plausibility.check(list_with({power(49'000)}), at(begin + 20s));
    (void)plausibility.check(list_with({power(2'000)}), at(begin + 30s));
    EXPECT_EQ(plausibility.limit(), PlausibilityFilter::least_limit);
}

TEST(GuardsTest, AListSentTwiceIsStale) {
    PlausibilityFilter plausibility({});
    (void)hourly(plausibility, 0, 1'000'000);
    // Aidon: an hour later with the clock of the hour before.
    const auto again = plausibility.check(
        list_with({energy(1'000'000), power(1500)}, normal_time(begin)), at(begin + 1h));
    EXPECT_TRUE(again.drops("active_energy_import"));
    EXPECT_FALSE(again.drops("active_power_import"));
    EXPECT_EQ(plausibility.counts()[static_cast<std::size_t>(ViolationKind::stale_list)], 1U);
    EXPECT_TRUE(plausibility.is_implausible(at(begin + 1h).steady));
    EXPECT_THAT(dropped(hourly(plausibility, 2, 1'003'000)), IsEmpty());
    EXPECT_FALSE(plausibility.is_implausible(at(begin + 2h).steady));
}

// Some adapters pass a list on twice. It is not a violation, and its registers are ignored.
TEST(GuardsTest, AListRepeatedAtOnceIsNoDoubt) {
    PlausibilityFilter plausibility({});
    (void)hourly(plausibility, 0, 1'000'000);
    for (const auto after : {1s, 59s}) {
        const auto again = plausibility.check(
            list_with({energy(1'000'000), power(1500)}, normal_time(begin)), at(begin + after));
        EXPECT_TRUE(again.repeated);
        EXPECT_THAT(dropped(again), IsEmpty());
        EXPECT_FALSE(plausibility.is_implausible(at(begin + after).steady));
    }
    EXPECT_THAT(plausibility.counts(), testing::Each(0U));
    EXPECT_FALSE(hourly(plausibility, 1, 1'003'000).repeated);
}

// The age of a register is by the steady clock, whatever the wall clock shows.
TEST(GuardsTest, AClockThatIsSetMakesNoJumpPossibleOrImpossible) {
    for (const auto set_by : {-50h, 50h}) {
        PlausibilityFilter plausibility({});
        (void)plausibility.check(list_with({energy(1'000'000)}), at(begin));
        const hanport::base::Instant later{.steady = at(begin + 1h).steady,
                                           .wall = begin + 1h + set_by};
        EXPECT_THAT(dropped(plausibility.check(list_with({energy(1'060'000)}), later)),
                    ElementsAre("register_jumped active_energy_import"));
        EXPECT_THAT(dropped(plausibility.check(list_with({energy(1'045'000)}), later)), IsEmpty());
    }
}

TEST(GuardsTest, ATrueChangeIsAcceptedOnceItHasConfirmedItself) {
    PlausibilityFilter plausibility({});
    (void)hourly(plausibility, 0, 268'948'830);
    EXPECT_THAT(dropped(hourly(plausibility, 1, 12)),
                ElementsAre("register_fell active_energy_import"));
    EXPECT_THAT(dropped(hourly(plausibility, 2, 2'012)),
                ElementsAre("register_fell active_energy_import"));
    const auto third = hourly(plausibility, 3, 4'012);
    EXPECT_THAT(dropped(third), IsEmpty());
    EXPECT_THAT(third.accepted, ElementsAre("active_energy_import"));
    EXPECT_THAT(third.numbers, ElementsAre("from 268948830 Wh to 4012 Wh"));
    EXPECT_FALSE(plausibility.is_implausible(at(begin + 3h).steady));
    const auto fourth = hourly(plausibility, 4, 6'012);
    EXPECT_THAT(dropped(fourth), IsEmpty());
    EXPECT_THAT(fourth.accepted, IsEmpty());
}

TEST(GuardsTest, NonsenseThatDoesNotAgreeWithItselfIsNeverAccepted) {
    PlausibilityFilter plausibility({});
    (void)hourly(plausibility, 0, 268'948'830);
    for (int hour = 1; hour < 20; ++hour)
        EXPECT_EQ(hourly(plausibility, hour, hour % 2 == 0 ? 12 : 4'000'000'000).dropped.size(),
                  1U);
    // Every 10 s is too quick to confirm anything.
    for (int i = 0; i < 30; ++i)
        EXPECT_EQ(
            plausibility.check(list_with({energy(12)}), at(begin + 20h + i * 10s)).dropped.size(),
            1U);
}

TEST(GuardsTest, NoHouseHasTheseVoltagesAndCurrents) {
    using han::cosem::Unit;
    PlausibilityFilter plausibility({});
    const auto volt = [](std::int64_t number, std::int16_t exponent) {
        return support::reading(32, 7, number, Unit::volt, exponent);
    };
    const auto ampere = [](std::int64_t number, std::int16_t exponent) {
        return support::reading(31, 7, number, Unit::ampere, exponent);
    };
    EXPECT_THAT(
        dropped(plausibility.check(list_with({volt(2301, -1), ampere(-10, -1)}), at(begin))),
        IsEmpty());
    EXPECT_THAT(dropped(plausibility.check(list_with({volt(0, 0), volt(415, 0)}), at(begin))),
                IsEmpty());
    const auto result =
        plausibility.check(list_with({volt(2301, 0), ampere(65'535, -1)}), at(begin));
    EXPECT_THAT(dropped(result), ElementsAre("out_of_range voltage_l1", "out_of_range current_l1"));
    EXPECT_EQ(result.dropped[0].numbers, "2301 V");
    EXPECT_EQ(plausibility.counts()[static_cast<std::size_t>(ViolationKind::out_of_range)], 2U);
}

TEST(GuardsTest, AWrongScaleIsTold) {
    struct Pair {
        std::int64_t of_register, of_power;
        bool expected;
    };
    for (const Pair& pair :
         {Pair{2030, 2033, false}, Pair{20'300, 2033, true}, Pair{203, 2033, true},
          Pair{2, 2033, true}, Pair{2'033'000, 2033, true}, Pair{0, 2033, false},
          Pair{2030, 1400, false}, Pair{10, 9, false}, Pair{90, 9, false}}) {
        PlausibilityFilter plausibility({});
        const auto violation =
            plausibility.compare("active_energy_import", pair.of_register, pair.of_power);
        EXPECT_EQ(violation.has_value(), pair.expected) << pair.of_register << ' ' << pair.of_power;
        EXPECT_EQ(plausibility.is_implausible(at(begin).steady), pair.expected);
        if (violation) {
            EXPECT_THAT(violation->numbers, HasSubstr(std::to_string(pair.of_register) + " Wh"));
        }
        (void)plausibility.compare("active_energy_import", 2030, 2033);
        EXPECT_FALSE(plausibility.is_implausible(at(begin).steady));
    }
}

} // namespace
