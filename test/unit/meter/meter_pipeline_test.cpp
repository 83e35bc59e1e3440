// What comes of the lists of a meter, and of the time between them.
#include "meter/meter_pipeline.hpp"
#include "unit/meter/home_lists.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using han::cosem::Unit;
using han::list::List;
using han::list::ListKind;
using hanport::base::Instant;
using hanport::base::WallTime;
using hanport::meter::Cause;
using hanport::meter::Doubt;
using hanport::meter::HomeMeter;
using hanport::meter::HomeOptions;
using hanport::meter::MeterPipeline;
using hanport::meter::Outcome;
using hanport::meter::Report;
using support::at;
using support::energy;
using support::list_with;
using support::normal_time;
using support::power;
using support::reading;
using testing::ElementsAre;
using testing::IsEmpty;

const WallTime noon{std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + 12h};
constexpr std::int64_t first_wh = 1'000'000;

List power_list(std::int64_t watts = 3600) {
    List list = list_with({power(watts)});
    list.kind = ListKind::power;
    return list;
}
List live_list(WallTime time, std::int64_t watts = 3600) {
    List list = list_with({power(watts)}, normal_time(time));
    list.kind = ListKind::live;
    return list;
}
List hourly_list(WallTime time, std::int64_t wh) {
    return list_with({power(3600), energy(wh)}, normal_time(time));
}
List readout() {
    List list;
    list.kind = ListKind::readout;
    return list;
}
List voltage_list(WallTime time, std::int64_t volts) {
    List list = list_with({reading(32, 7, volts, Unit::volt)}, normal_time(time));
    list.kind = ListKind::live;
    return list;
}

// The register of a house with 3,600 W since noon.
std::int64_t wh_at(WallTime hour) {
    return first_wh + (hour - noon) / 1h * 3600;
}

HomeOptions with_tariff() {
    HomeOptions options;
    options.tariff.emplace();
    return options;
}

// ---- kind ---------------------------------------------------------------------------------------

struct KindRow {
    const char* name;
    struct Step {
        std::chrono::seconds since_noon;
        std::optional<std::int64_t> wh; // without: a live list
        ListKind kind;
        std::chrono::seconds clock_ahead{0}; // of the meter's clock
    };
    std::vector<Step> steps;
};
void PrintTo(const KindRow& row, std::ostream* out) {
    *out << row.name;
}
class PipelineKind : public testing::TestWithParam<KindRow> {};

TEST_P(PipelineKind, IsDecidedByRegistersAndHours) {
    MeterPipeline meter("1");
    for (const auto& [since, wh, kind, clock_ahead] : GetParam().steps) {
        const WallTime time = noon + since;
        const List list = wh ? hourly_list(time + clock_ahead, *wh) : live_list(time + clock_ahead);
        EXPECT_EQ(meter.take(list, at(time)).kind, kind) << since;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, PipelineKind,
    testing::Values(
        KindRow{"OnceAnHour",
                {{10s, first_wh, ListKind::hourly},
                 {20s, {}, ListKind::live},
                 {1h + 10s, first_wh + 3600, ListKind::hourly}}},
        KindRow{"InEveryListTheFirstOfTheHour",
                {{10s, first_wh, ListKind::hourly},
                 {20s, first_wh + 10, ListKind::live},
                 {30s, first_wh + 20, ListKind::live},
                 {1h, first_wh + 3600, ListKind::hourly},
                 {1h + 10s, first_wh + 3610, ListKind::live}}},
        // With the clock of the first: sent twice.
        KindRow{"Repeated",
                {{10s, first_wh, ListKind::hourly}, {12s, first_wh, ListKind::live, -2s}}},
        KindRow{"AfterALostHour",
                {{10s, first_wh, ListKind::hourly}, {2h + 10s, first_wh + 7200, ListKind::hourly}}},
        KindRow{"FirstInTheMiddleOfAnHour",
                {{25min, first_wh, ListKind::hourly}, {26min, first_wh + 60, ListKind::live}}}),
    [](const auto& row) { return row.param.name; });

TEST(MeterPipelineTest, PowerListsAndReadoutsKeepTheirKind) {
    MeterPipeline meter("1");
    EXPECT_EQ(meter.take(power_list(), at(noon)).kind, ListKind::power);
    EXPECT_EQ(meter.take(readout(), at(noon)).kind, ListKind::readout);
}

TEST(MeterPipelineTest, TheHourlyListOfAnEarlierRunIsNotPublishedTwice) {
    MeterPipeline meter("1");
    HomeMeter analytics{HomeOptions{}};
    analytics.restore(noon + 10s, normal_time(noon + 10s));
    meter.set_analytics(std::move(analytics), {});
    EXPECT_EQ(meter.take(hourly_list(noon + 20s, first_wh), at(noon + 20s)).kind, ListKind::live);
}

// ---- availability -------------------------------------------------------------------------------

TEST(MeterPipelineTest, IsOnlineForAMinute) {
    MeterPipeline meter("1");
    EXPECT_FALSE(meter.is_online(at(noon).steady)) << "never heard";
    EXPECT_FALSE(meter.tick(at(noon), Cause::ok).fell_silent);
    EXPECT_TRUE(meter.take(live_list(noon), at(noon)).online);
    EXPECT_TRUE(meter.is_online(at(noon).steady));
    EXPECT_TRUE(meter.is_online(at(noon + 59s).steady));
    EXPECT_FALSE(meter.is_online(at(noon + 60s).steady));
    (void)meter.take(power_list(), at(noon + 70s));
    EXPECT_TRUE(meter.is_online(at(noon + 80s).steady));
}

TEST(MeterPipelineTest, FallsSilentOnce) {
    MeterPipeline meter("1");
    for (const auto begin : {0s, 200s}) {
        (void)meter.take(live_list(noon), at(noon + begin));
        for (const auto& [since, online, fell] :
             {std::tuple(59s, true, false), {60s, false, true}, {65s, false, false}}) {
            const auto outcome = meter.tick(at(noon + begin + since), Cause::ok);
            EXPECT_EQ(outcome.online, online) << since;
            EXPECT_EQ(outcome.fell_silent, fell) << since;
            EXPECT_EQ(outcome.list, nullptr);
        }
    }
}

TEST(MeterPipelineTest, AWallClockThatIsSetSilencesNobody) {
    MeterPipeline meter("1");
    (void)meter.take(live_list(noon), at(noon));
    for (const auto set_by : {-5h, 5h}) {
        const Instant now{.steady = at(noon + 10s).steady, .wall = noon + 10s + set_by};
        EXPECT_TRUE(meter.tick(now, Cause::ok).online);
    }
}

TEST(MeterPipelineTest, RestoredItIsNotOnline) {
    MeterPipeline meter("1");
    meter.restore({});
    EXPECT_FALSE(meter.is_online(at(noon + 1s).steady));
}

// ---- snapshot -----------------------------------------------------------------------------------

TEST(MeterPipelineTest, IsCompleteWithBothKindsOfLists) {
    MeterPipeline meter("1");
    EXPECT_FALSE(meter.take(power_list(), at(noon)).complete);
    EXPECT_FALSE(meter.take(live_list(noon), at(noon)).complete);
    EXPECT_TRUE(meter.take(hourly_list(noon, first_wh), at(noon)).complete);
}

TEST(MeterPipelineTest, OfRegistersInEveryListTheSecondCompletes) {
    MeterPipeline meter("1");
    EXPECT_FALSE(meter.take(hourly_list(noon, first_wh), at(noon)).complete);
    EXPECT_TRUE(meter.take(hourly_list(noon + 10s, first_wh + 10), at(noon + 10s)).complete);
}

TEST(MeterPipelineTest, KeepsTheLatestOfEachValueWithItsTime) {
    MeterPipeline meter("1");
    List hourly = list_with({power(100), energy(5000)});
    hourly.manufacturer = "Kamstrup";
    List live = list_with({power(200)});
    live.kind = ListKind::live;
    (void)meter.take(hourly, at(noon));
    (void)meter.take(live, at(noon + 10s));
    const auto& snapshot = meter.snapshot();
    EXPECT_EQ(snapshot.manufacturer, "Kamstrup") << "what a list does not say stays";
    ASSERT_EQ(snapshot.values.size(), 3U) << "with the live counter";
    const auto& watts = snapshot.values.at("active_power_import");
    EXPECT_EQ(watts.value.magnitude, 200U);
    EXPECT_EQ(watts.received, at(noon + 10s).steady);
    const auto& wh = snapshot.values.at("active_energy_import");
    EXPECT_EQ(wh.value.magnitude, 5000U);
    EXPECT_EQ(wh.unit, Unit::watt_hour);
    EXPECT_EQ(wh.received, at(noon).steady);
}

// Of a value in another unit than its quantity's the scale is not known: it is not published.
TEST(MeterPipelineTest, AValueWithoutItsUnitIsNotKept) {
    MeterPipeline meter("1");
    List live = list_with({reading(1, 7, 200, Unit::none), reading(99, 7, 200, Unit::watt)});
    (void)meter.take(live, at(noon));
    EXPECT_TRUE(meter.snapshot().values.empty());
}

TEST(MeterPipelineTest, AnImplausibleValueIsInTheListButNotInTheSnapshot) {
    MeterPipeline meter("1");
    (void)meter.take(voltage_list(noon, 230), at(noon));
    const List list = voltage_list(noon + 10s, 2300);
    const auto outcome = meter.take(list, at(noon + 10s));
    EXPECT_EQ(outcome.list, &list);
    EXPECT_EQ(outcome.snapshot.values.at("voltage_l1").value.magnitude, 230U);
    EXPECT_EQ(outcome.snapshot.values.at("voltage_l1").received, at(noon).steady);
    EXPECT_EQ(meter.dropped()[static_cast<std::size_t>(Doubt::out_of_range)], 1U);
}

TEST(MeterPipelineTest, TheLiveCounterRunsInSnapshotAndCheckpoint) {
    MeterPipeline meter("1");
    EXPECT_FALSE(
        meter.take(live_list(noon), at(noon)).snapshot.values.contains("active_energy_import_live"))
        << "no register yet";
    (void)meter.take(hourly_list(noon + 10s, first_wh), at(noon + 10s));
    const auto outcome = meter.take(live_list(noon + 20s), at(noon + 20s));
    const auto& live = outcome.snapshot.values.at("active_energy_import_live");
    EXPECT_TRUE(live.known);
    EXPECT_EQ(live.value.magnitude, first_wh + 20U);
    ASSERT_TRUE(outcome.counters.has_value());
    EXPECT_EQ(hanport::meter::to_wh(outcome.counters->import.value), first_wh + 20);
    EXPECT_FALSE(meter.tick(at(noon + 25s), Cause::ok).counters.has_value()) << "not changed";
}

TEST(MeterPipelineTest, RestoredLiveCountersAreKnownAtOnce) {
    MeterPipeline before("1");
    (void)before.take(hourly_list(noon + 10s, first_wh), at(noon + 10s));
    const auto state = before.stop(at(noon + 20s)).state_to_save;
    ASSERT_TRUE(state.has_value());
    MeterPipeline meter("1");
    meter.set_analytics(HomeMeter(with_tariff(), *state, true), noon + 10s);
    EXPECT_TRUE(meter.snapshot().has_tariff);
    EXPECT_EQ(meter.snapshot().values.at("active_energy_import_live").value.magnitude, first_wh);
}

// ---- reports ------------------------------------------------------------------------------------

TEST(MeterPipelineTest, EachViolationIsReportedOnceUntilAChangeIsAccepted) {
    MeterPipeline meter("1");
    WallTime time = noon;
    // The reports of a list, as "event reason quantity".
    const auto reports = [&](const List& list) {
        std::vector<std::string> found;
        for (const Report& report : meter.take(list, at(time)).reports) {
            EXPECT_NE(report.numbers, "");
            const char* const events[] = {"dropped", "warning", "accepted"};
            found.push_back(std::string(events[static_cast<std::size_t>(report.event)]) + ' ' +
                            (report.event == Report::Event::accepted
                                 ? ""
                                 : std::string(key(report.reason)) + ' ') +
                            report.quantity);
        }
        return found;
    };
    const std::string voltage = "dropped out_of_range voltage_l1";
    EXPECT_THAT(reports(voltage_list(time, 230)), IsEmpty());
    EXPECT_THAT(reports(voltage_list(time, 2300)), ElementsAre(voltage));
    EXPECT_THAT(reports(voltage_list(time, 2400)), IsEmpty());
    EXPECT_THAT(reports(hourly_list(time, first_wh)), IsEmpty());
    time += 1h;
    EXPECT_THAT(reports(hourly_list(time, 12)),
                ElementsAre("dropped register_fell active_energy_import"));
    time += 1h;
    EXPECT_THAT(reports(hourly_list(time, 3612)), IsEmpty());
    time += 1h;
    EXPECT_THAT(reports(hourly_list(time, 7212)), ElementsAre("accepted active_energy_import"));
    EXPECT_THAT(reports(voltage_list(time, 2300)), ElementsAre(voltage)) << "again from here on";
}

TEST(MeterPipelineTest, AWrongScaleIsAWarningAndNothingIsDropped) {
    MeterPipeline meter("1");
    std::vector<Report> reports;
    for (WallTime time = noon; time <= noon + 3h; time += 10s) {
        const bool is_hour = time == hanport::meter::hour_of(time);
        // Ten times more power than the register says.
        const List list =
            is_hour ? hourly_list(time, first_wh + (time - noon) / 1h * 360) : live_list(time);
        const auto outcome = meter.take(list, at(time));
        reports.insert(reports.end(), outcome.reports.begin(), outcome.reports.end());
    }
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].event, Report::Event::warning);
    EXPECT_EQ(reports[0].reason, Doubt::wrong_scale);
    EXPECT_EQ(meter.snapshot().values.at("active_energy_import").value.magnitude,
              first_wh + 3 * 360U);
}

TEST(MeterPipelineTest, AStaleListIsReportedAsAWhole) {
    MeterPipeline meter("1");
    const List list = hourly_list(noon, first_wh);
    (void)meter.take(list, at(noon));
    const auto outcome = meter.take(list, at(noon + 1h));
    ASSERT_EQ(outcome.reports.size(), 1U);
    EXPECT_EQ(outcome.reports[0].reason, Doubt::stale_list);
    EXPECT_EQ(outcome.reports[0].quantity, "");
}

// ---- problem ------------------------------------------------------------------------------------

// Everything that may be wrong at once; each row is masked by the rows before it.
struct ProblemRow {
    const char* name;
    Cause port = Cause::ok;
    bool heard = true;
    bool silent = false;
    bool refused = false;
    bool implausible = false;
    bool clock_off = false;
    std::optional<Cause> expected{};
};
void PrintTo(const ProblemRow& row, std::ostream* out) {
    *out << row.name;
}
class PipelineProblem : public testing::TestWithParam<ProblemRow> {};

TEST_P(PipelineProblem, TheFirstThatAppliesIsReported) {
    const ProblemRow& row = GetParam();
    MeterPipeline meter("1");
    meter.set_analytics(HomeMeter{HomeOptions{}}, {});
    if (row.refused)
        meter.set_refused("not authorised");
    if (row.heard)
        (void)meter.take(
            voltage_list(noon + (row.clock_off ? 10min : 0s), row.implausible ? 2300 : 230),
            at(noon));
    const auto problem = meter.tick(at(noon + (row.silent ? 61s : 5s)), row.port).problem;
    ASSERT_EQ(problem.has_value(), row.expected.has_value());
    if (!problem)
        return;
    EXPECT_EQ(problem->cause, *row.expected);
    EXPECT_EQ(problem->detail, *row.expected == Cause::broker_refuses ? "not authorised" : "");
    EXPECT_TRUE(problem->is_first);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, PipelineProblem,
    testing::Values(ProblemRow{.name = "PortBeforeAll",
                               .port = Cause::no_port,
                               .silent = true,
                               .refused = true,
                               .implausible = true,
                               .clock_off = true,
                               .expected = Cause::no_port},
                    ProblemRow{.name = "PortOfAMeterNotHeard",
                               .port = Cause::no_bytes,
                               .heard = false,
                               .expected = Cause::no_bytes},
                    ProblemRow{.name = "NotHeard", .heard = false, .refused = true, .expected = {}},
                    ProblemRow{.name = "Silent",
                               .silent = true,
                               .refused = true,
                               .implausible = true,
                               .clock_off = true,
                               .expected = Cause::meter_stopped},
                    ProblemRow{.name = "Refused",
                               .refused = true,
                               .implausible = true,
                               .clock_off = true,
                               .expected = Cause::broker_refuses},
                    ProblemRow{.name = "Implausible",
                               .implausible = true,
                               .clock_off = true,
                               .expected = Cause::implausible},
                    ProblemRow{.name = "ClockOff", .clock_off = true, .expected = Cause::clock_off},
                    ProblemRow{.name = "TooManyMetersIsNotTheMeters",
                               .port = Cause::too_many_meters,
                               .expected = Cause::ok},
                    ProblemRow{.name = "None", .expected = Cause::ok}),
    [](const auto& row) { return row.param.name; });

TEST(MeterPipelineTest, AProblemIsReportedWhenItChanges) {
    MeterPipeline meter("1");
    WallTime time = noon;
    const auto tick = [&](std::optional<Cause> port = Cause::ok) {
        time += 5s;
        return meter.tick(at(time), port).problem;
    };
    EXPECT_FALSE(tick(Cause::no_port).has_value()) << "not a pushed meter yet";
    (void)meter.take(live_list(time), at(time));
    EXPECT_FALSE(tick(std::nullopt).has_value()) << "no port of the configuration";
    EXPECT_TRUE(tick()->is_first);
    EXPECT_FALSE(tick().has_value());
    meter.set_refused("quota exceeded");
    EXPECT_EQ(tick()->detail, "quota exceeded");
    EXPECT_FALSE(tick().has_value());
    meter.set_refused("not authorised");
    EXPECT_EQ(tick()->detail, "not authorised");
    EXPECT_EQ(meter.problem()->cause, Cause::broker_refuses);
    meter.set_refused("");
    const auto ok = tick();
    ASSERT_TRUE(ok.has_value());
    EXPECT_EQ(ok->cause, Cause::ok);
    EXPECT_FALSE(ok->is_first);
}

// ---- saving -------------------------------------------------------------------------------------

TEST(MeterPipelineTest, TheStateIsSavedOnceAnHourWithItsRegisters) {
    struct Step {
        std::chrono::seconds since_noon;
        std::optional<std::int64_t> wh; // without: a live list
        bool saves;
        const char* why;
    };
    const Step steps[] = {
        {-20s, {}, false, "no register is known"},
        {10s, wh_at(noon), true, "the first register"},
        {20s, {}, false, "saved in this hour"},
        {59min + 50s, {}, false, "saved in this hour"},
        {1h, {}, false, "the registers are still to come"},
        {1h + 10s, wh_at(noon + 1h), true, "the registers of the hour"},
        {2h + 4min + 50s, {}, false, "the registers may still come"},
        {2h + 5min, {}, true, "they are lost"},
        {2h + 5min + 10s, wh_at(noon + 2h), false, "saved in this hour"},
        {3h + 10s, 12, false, "dropped: the registers of the hour are still to come"},
        {3h + 20min, 1212, true, "dropped again, and the hour is late"},
        {3h + 40min, 2412, true, "accepted: does not wait for the hour"},
    };
    MeterPipeline meter("1");
    meter.set_analytics(HomeMeter(with_tariff()), {});
    for (const auto& [since, wh, saves, why] : steps) {
        const WallTime time = noon + since;
        const List list = wh ? hourly_list(time, *wh) : live_list(time);
        EXPECT_EQ(meter.take(list, at(time)).state_to_save.has_value(), saves)
            << since << ": " << why;
        EXPECT_FALSE(meter.tick(at(time), Cause::ok).state_to_save.has_value()) << since;
    }
}

TEST(MeterPipelineTest, AnHourWithoutRegistersIsSavedByTimeWhileTheMeterIsOnline) {
    for (const bool online : {true, false}) {
        MeterPipeline meter("1");
        (void)meter.take(hourly_list(noon + 10s, first_wh), at(noon + 10s));
        (void)meter.take(live_list(noon), at(noon + 1h + 4min + (online ? 30s : 0s)));
        EXPECT_EQ(meter.tick(at(noon + 1h + 5min), Cause::ok).state_to_save.has_value(), online);
    }
}

TEST(MeterPipelineTest, AfterTheClockWasSetBackTheStateIsSavedAgain) {
    MeterPipeline meter("1");
    (void)meter.take(hourly_list(noon + 10s, first_wh), at(noon + 10s));
    const Instant back{.steady = at(noon + 20s).steady, .wall = noon - 2h + 20min};
    EXPECT_TRUE(meter.take(live_list(noon), back).state_to_save.has_value());
}

TEST(MeterPipelineTest, WhatAnEarlierRunSavedInThisHourIsNotSavedAgain) {
    MeterPipeline before("1");
    const auto state = before.take(hourly_list(noon + 10s, first_wh), at(noon + 10s)).state_to_save;
    ASSERT_TRUE(state.has_value());
    MeterPipeline meter("1");
    meter.set_analytics(HomeMeter(HomeOptions{}, *state, true), noon + 10s);
    EXPECT_FALSE(meter.take(live_list(noon + 10min), at(noon + 10min)).state_to_save.has_value());
}

// ---- capacity charge ----------------------------------------------------------------------------

TEST(MeterPipelineTest, TheCapacityChargeIsPublishedWithLongerLists) {
    MeterPipeline meter("1");
    meter.set_analytics(HomeMeter(with_tariff()), {});
    EXPECT_FALSE(meter.take(voltage_list(noon, 230), at(noon)).charge.has_value())
        << "power is not known";
    EXPECT_TRUE(meter.take(live_list(noon), at(noon)).charge.has_value());
    EXPECT_FALSE(meter.take(power_list(), at(noon + 2s)).charge.has_value());
    const auto outcome = meter.take(hourly_list(noon + 10s, first_wh), at(noon + 10s));
    ASSERT_TRUE(outcome.charge.has_value());
    EXPECT_EQ(outcome.charge->now.consumed_wh, 10);
    EXPECT_EQ(outcome.charge->tariff->options().limits.size(), 6U);
    EXPECT_FALSE(meter.tick(at(noon + 15s), Cause::ok).charge.has_value());
}

TEST(MeterPipelineTest, WithoutATariffThereIsNoCapacityCharge) {
    MeterPipeline meter("1");
    EXPECT_FALSE(meter.take(live_list(noon), at(noon)).charge.has_value());
    EXPECT_FALSE(meter.snapshot().has_tariff);
}

TEST(MeterPipelineTest, CorrectionsArePublishedWithTheNextTick) {
    MeterPipeline meter("1");
    meter.set_analytics(HomeMeter(with_tariff()), {});
    (void)meter.take(live_list(noon), at(noon));
    meter.correct({{noon - 1h, 4000}});
    const auto outcome = meter.tick(at(noon + 5s), std::nullopt);
    ASSERT_TRUE(outcome.charge.has_value()) << "even if its port is not known";
    EXPECT_EQ(outcome.charge->now.month.mean(), 4000);
    EXPECT_FALSE(meter.tick(at(noon + 10s), std::nullopt).charge.has_value());
}

// ---- polled meters, the end ---------------------------------------------------------------------

TEST(MeterPipelineTest, APolledMeterHasNoAnalytics) {
    MeterPipeline meter("1");
    meter.set_polled({.interval = 900s, .publish_interval = 3600s});
    List list = readout();
    list.readings = {power(3600), energy(first_wh), reading(32, 7, 2300, Unit::volt)};
    const auto outcome = meter.take(list, at(noon));
    EXPECT_TRUE(outcome.complete);
    EXPECT_EQ(outcome.polled->publish_interval, 3600s);
    EXPECT_EQ(outcome.snapshot.values.size(), 3U) << "all as they are";
    EXPECT_THAT(outcome.reports, IsEmpty());
    EXPECT_FALSE(outcome.counters || outcome.charge || outcome.state_to_save);
    const auto later = meter.tick(at(noon + 31min), Cause::no_port);
    EXPECT_TRUE(later.fell_silent) << "after two intervals and a minute";
    EXPECT_FALSE(later.problem || later.state_to_save);
    EXPECT_FALSE(meter.stop(at(noon + 32min)).state_to_save.has_value());
}

TEST(MeterPipelineTest, TheLastOutcomeHasTheState) {
    MeterPipeline meter("1");
    (void)meter.take(hourly_list(noon + 10s, first_wh), at(noon + 10s));
    const Outcome outcome = meter.stop(at(noon + 20s));
    EXPECT_TRUE(outcome.is_last);
    ASSERT_TRUE(outcome.state_to_save.has_value());
    EXPECT_TRUE(outcome.state_to_save->import.known);
}

} // namespace
