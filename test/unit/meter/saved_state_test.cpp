// Saved state is used only as far as it is consistent with the last accepted register.
#include "meter/saved_state.hpp"
#include "unit/meter/home_lists.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using hanport::base::WallTime;
using hanport::meter::AnalyticsOptions;
using hanport::meter::AnalyticsState;
using hanport::meter::LiveCounter;
using hanport::meter::MeterAnalytics;
using hanport::meter::PlausibilityFilter;
using hanport::meter::put_right;
using support::energy;
using support::list_with;
using support::normal_time;
using support::power;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const WallTime noon{std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + 12h};
constexpr std::int64_t first_wh = 1'008'000;
constexpr std::int64_t wrong_wh = 278'779'000;
constexpr hanport::meter::WattMillis wrong_energy = wrong_wh * hanport::meter::watt_millis_per_wh;

AnalyticsOptions with_tariff() {
    AnalyticsOptions options;
    options.tariff.emplace();
    return options;
}

// A meter of 3,600 W whose hourly lists come ten seconds after the hour.
class House {
  public:
    House() : home(with_tariff()) {}
    House(const AnalyticsState& state, WallTime begin)
        : home(with_tariff(), state, true), time(begin) {}

    void to(WallTime end) {
        for (; time <= end; time += 10s) {
            std::vector<han::cosem::Reading> readings{power(watts)};
            if (time - hanport::meter::hour_of(time) == 10s) {
                readings.push_back(energy(register_wh()));
                readings.push_back(energy(7, 0, 2)); // exported
            }
            const auto outcome =
                home.take(list_with(readings, normal_time(time)), support::at(time));
            violation_kinds += outcome.result.dropped.size() + outcome.warnings.size();
        }
    }
    [[nodiscard]] std::int64_t register_wh() const {
        return first_wh + reset + (hanport::meter::hour_of(time) - noon) / 1h * 3600;
    }

    MeterAnalytics home;
    WallTime time = noon;
    std::int64_t watts = 3600;
    std::int64_t reset = 0;
    std::size_t violation_kinds = 0;
};

constexpr auto saved_after = 3h + 20min;

AnalyticsState some_state() {
    House run;
    run.to(noon + saved_after);
    return run.home.state();
}

// What the daemon makes of the state: the live counter and the last hour, half an hour after the
// first register that follows.
struct After {
    std::vector<std::string> violations;
    std::optional<std::int64_t> at_once, wh;
    std::int64_t consumed_wh = 0, highest_hour = 0;
    std::size_t violation_kinds = 0;
};
After after(AnalyticsState state) {
    After result;
    result.violations = put_right(state, {}, noon + saved_after);
    House run(state, noon + saved_after + 10s);
    result.at_once = run.home.imported().wh();
    run.to(noon + 5h + 30min);
    result.wh = run.home.imported().wh();
    const auto now = run.home.tariff_now(run.time - 10s);
    result.consumed_wh = now->consumed_wh;
    for (const auto& [hour, value] : run.home.tariff()->hours())
        result.highest_hour = std::max(result.highest_hour, value.wh);
    result.violation_kinds = run.violation_kinds;
    return result;
}

constexpr std::int64_t right_wh = first_wh + 5 * 3600 + 1800;

TEST(SavedStateTest, WhatFitsStaysAsItIs) {
    const After right = after(some_state());
    EXPECT_THAT(right.violations, IsEmpty());
    EXPECT_EQ(right.at_once, first_wh + 3 * 3600 + 1200);
    EXPECT_EQ(right.wh, right_wh);
    EXPECT_EQ(right.consumed_wh, 1800);
    EXPECT_EQ(right.highest_hour, 3600);
    EXPECT_EQ(right.violation_kinds, 0U);
    AnalyticsState nothing;
    EXPECT_THAT(put_right(nothing, {}, noon), IsEmpty());
}

TEST(SavedStateTest, AtEachMomentOfAnOrdinaryRunItFits) {
    House run;
    run.watts = 40'000; // ten times what the registers say
    for (WallTime moment = noon; moment < noon + 3h; moment += 10s) {
        run.to(moment);
        AnalyticsState state = run.home.state();
        ASSERT_THAT(put_right(state, {}, moment), IsEmpty()) << (moment - noon) / 1s;
    }
    run.reset = -900'000; // accepted after three lists
    for (WallTime moment = noon + 3h; moment < noon + 8h; moment += 10s) {
        run.to(moment);
        AnalyticsState state = run.home.state();
        ASSERT_THAT(put_right(state, {}, moment), IsEmpty()) << (moment - noon) / 1s;
    }
    EXPECT_NE(run.home.imported().state().offset, 0);
    run.time += 240h; // heard again after ten days
    for (int i = 0; i < 1000; ++i) {
        run.to(run.time);
        AnalyticsState state = run.home.state();
        ASSERT_THAT(put_right(state, {}, run.time), IsEmpty());
    }
}

using Member = hanport::meter::WattMillis LiveCounter::State::*;

class WrongCounter : public testing::TestWithParam<Member> {};

TEST_P(WrongCounter, BeginsAgainFromTheRegister) {
    for (const bool negative : {false, true}) {
        AnalyticsState state = some_state();
        state.import.*GetParam() = negative ? -wrong_energy : wrong_energy;
        const After result = after(state);
        ASSERT_THAT(result.violations, ElementsAre(HasSubstr("; it begins again from the next")));
        EXPECT_FALSE(result.at_once.has_value());
        EXPECT_EQ(result.wh, right_wh);
        EXPECT_EQ(result.consumed_wh, 1800);
        EXPECT_EQ(result.violation_kinds, 0U);
    }
}

INSTANTIATE_TEST_SUITE_P(All, WrongCounter,
                         testing::Values(&LiveCounter::State::value, &LiveCounter::State::published,
                                         &LiveCounter::State::offset));

TEST(SavedStateTest, TheFindingNamesBothNumbers) {
    AnalyticsState state = some_state();
    state.import.published = wrong_energy;
    EXPECT_THAT(put_right(state, {}, noon + saved_after),
                ElementsAre("the saved live counter of active_energy_import was 278779.000 kWh "
                            "(estimate 1020.000 kWh, offset 0.000 kWh) beside a saved register of "
                            "1018.800 kWh; it begins again from the next register"));
    EXPECT_THAT(put_right(state, {}, noon + saved_after), IsEmpty()) << "put right";
}

TEST(SavedStateTest, TheExportedCounterIsCheckedAsWell) {
    AnalyticsState state = some_state();
    state.exported.value = wrong_energy;
    EXPECT_THAT(put_right(state, {}, noon + saved_after),
                ElementsAre(HasSubstr("live counter of active_energy_export was")));
    EXPECT_FALSE(state.exported.known);
}

TEST(SavedStateTest, AWrongRegisterHoldsNothingUp) {
    for (const std::int64_t wh : {wrong_wh, std::int64_t{0}}) {
        AnalyticsState state = some_state();
        state.plausibility.registers.at("active_energy_import").wh = wh;
        const After result = after(state);
        EXPECT_EQ(result.violations.size(), 2U) << "the counter and the last full hour's register";
        EXPECT_EQ(result.wh, right_wh);
        EXPECT_EQ(result.highest_hour, 3600);
        EXPECT_EQ(result.violation_kinds, 0U);
    }
}

TEST(SavedStateTest, ACounterWithoutRegisterBeginsAgain) {
    AnalyticsState state = some_state();
    state.plausibility.registers.clear();
    const After result = after(state);
    EXPECT_EQ(result.violations.size(), 3U) << "import, export, the last full hour";
    EXPECT_EQ(result.wh, right_wh);
}

TEST(SavedStateTest, ARegisterOfTheFutureHoldsNothingUp) {
    AnalyticsState state = some_state();
    state.plausibility.registers.at("active_energy_import").received += 24h * 365;
    state.plausibility.registers.at("active_energy_import").clock.reset();
    const After result = after(state);
    EXPECT_THAT(result.violations, ElementsAre(HasSubstr("was received in the future")));
    EXPECT_EQ(result.wh, right_wh);
    EXPECT_EQ(result.violation_kinds, 0U);
}

TEST(SavedStateTest, AWrongBeginningOfTheHourCountsNothing) {
    for (const auto& spoil : std::initializer_list<void (*)(LiveCounter::State&)>{
             [](LiveCounter::State& counter) { counter.at_hour = 0; },
             [](LiveCounter::State& counter) { counter.at_hour = wrong_energy; },
             [](LiveCounter::State& counter) { counter.hour -= 12h; },
             [](LiveCounter::State& counter) { counter.hour += 1min; }}) {
        AnalyticsState state = some_state();
        spoil(state.import);
        const After result = after(state);
        EXPECT_THAT(result.violations, ElementsAre(HasSubstr("; the hour counts from")));
        EXPECT_EQ(result.wh, right_wh);
        EXPECT_EQ(result.consumed_wh, 1800);
        EXPECT_EQ(result.highest_hour, 3600);
    }
}

TEST(SavedStateTest, APowerThatNoHouseHasIsForgotten) {
    AnalyticsState state = some_state();
    state.import.watts = 900'000'000;
    const After result = after(state);
    EXPECT_THAT(result.violations, ElementsAre(HasSubstr("was 900000000 W; it is forgotten")));
    EXPECT_EQ(result.wh, right_wh);
}

TEST(SavedStateTest, HoursThatNoHouseHasAreDropped) {
    AnalyticsState state = some_state();
    state.hours[noon - 24h].wh = wrong_wh;
    state.hours[noon - 25h].wh = -1;
    state.hours[noon - 26h].wh = 49'999;
    EXPECT_THAT(put_right(state, {}, noon + saved_after),
                ElementsAre(HasSubstr("2 saved hours were beyond 55.166 kWh")));
    EXPECT_EQ(state.hours.size(), 4U) << "three of the run and one more";
    EXPECT_EQ(state.hours.at(noon - 26h).wh, 49'999);
}

TEST(SavedStateTest, AHighConfiguredPowerAllowsMore) {
    AnalyticsState state = some_state();
    state.hours[noon - 24h].wh = 400'000;
    EXPECT_THAT(put_right(state, {.max_power = 500'000}, noon + saved_after), IsEmpty());
    EXPECT_THAT(put_right(state, {.max_power = 10'000}, noon + saved_after),
                ElementsAre(HasSubstr("1 saved hours")))
        << "a low one takes no more hours than none";
}

TEST(SavedStateTest, AWrongRegisterOfTheLastFullHourLeadsToNoHour) {
    for (const std::int64_t wh : {wrong_wh, std::int64_t{0}, first_wh + 3 * 3600 - 20'000}) {
        AnalyticsState state = some_state();
        state.last_register->wh = wh;
        const After result = after(state);
        EXPECT_THAT(result.violations, ElementsAre(HasSubstr("hours count again from the next")));
        EXPECT_EQ(result.highest_hour, 3600);
        EXPECT_EQ(result.wh, right_wh);
    }
}

// Whatever number is there: what is published after the next register is not further off than the
// power of the two hours that are allowed for.
TEST(SavedStateTest, NoNumberOfACounterLeadsFarAway) {
    constexpr std::int64_t allowed = 200'000;
    for (const Member member : {&LiveCounter::State::value, &LiveCounter::State::published,
                                &LiveCounter::State::offset, &LiveCounter::State::at_hour})
        for (unsigned bit = 0; bit < 62; ++bit) {
            AnalyticsState state = some_state();
            auto& number = state.import.*member;
            number = static_cast<std::int64_t>(static_cast<std::uint64_t>(number) ^ (1ULL << bit));
            if (number > 4'000'000'000'000'000'000)
                continue; // refused when read
            const After result = after(state);
            EXPECT_NEAR(static_cast<double>(result.wh.value_or(0)), right_wh, allowed) << bit;
            EXPECT_LE(result.highest_hour, allowed);
            EXPECT_LE(result.consumed_wh, allowed);
        }
}

} // namespace
