// What a meter's lists and the time between them give to report, to save and to publish.
#include "unit/meter/pipeline_lists.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using namespace support;
using han::list::List;
using hanport::base::Instant;
using hanport::base::WallTime;
using hanport::meter::AnalyticsOptions;
using hanport::meter::MeterAnalytics;
using hanport::meter::MeterPipeline;
using hanport::meter::Problem;
using hanport::meter::Report;
using hanport::meter::ViolationKind;
using testing::ElementsAre;
using testing::IsEmpty;

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
    EXPECT_EQ(reports[0].reason, ViolationKind::wrong_scale);
    EXPECT_EQ(meter.snapshot().values.at("active_energy_import").value.magnitude,
              first_wh + 3 * 360U);
}

TEST(MeterPipelineTest, AStaleListIsReportedAsAWhole) {
    MeterPipeline meter("1");
    const List list = hourly_list(noon, first_wh);
    (void)meter.take(list, at(noon));
    const auto outcome = meter.take(list, at(noon + 1h));
    ASSERT_EQ(outcome.reports.size(), 1U);
    EXPECT_EQ(outcome.reports[0].reason, ViolationKind::stale_list);
    EXPECT_EQ(outcome.reports[0].quantity, "");
}

// ---- problem ------------------------------------------------------------------------------------

// Everything that may be wrong at once; each row is masked by the rows before it.
struct ProblemRow {
    const char* name;
    Problem port = Problem::ok;
    bool heard = true;
    bool silent = false;
    bool refused = false;
    bool implausible = false;
    bool clock_off = false;
    std::optional<Problem> expected{};
};
void PrintTo(const ProblemRow& row, std::ostream* out) {
    *out << row.name;
}
class PipelineProblem : public testing::TestWithParam<ProblemRow> {};

TEST_P(PipelineProblem, TheFirstThatAppliesIsReported) {
    const ProblemRow& row = GetParam();
    MeterPipeline meter("1");
    meter.set_analytics(MeterAnalytics{AnalyticsOptions{}}, {});
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
    EXPECT_EQ(problem->detail, *row.expected == Problem::broker_refuses ? "not authorised" : "");
    EXPECT_TRUE(problem->is_first);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, PipelineProblem,
    testing::Values(ProblemRow{.name = "PortBeforeAll",
                               .port = Problem::no_port,
                               .silent = true,
                               .refused = true,
                               .implausible = true,
                               .clock_off = true,
                               .expected = Problem::no_port},
                    ProblemRow{.name = "PortOfAMeterNotHeard",
                               .port = Problem::no_bytes,
                               .heard = false,
                               .expected = Problem::no_bytes},
                    ProblemRow{.name = "NotHeard", .heard = false, .refused = true, .expected = {}},
                    ProblemRow{.name = "Silent",
                               .silent = true,
                               .refused = true,
                               .implausible = true,
                               .clock_off = true,
                               .expected = Problem::meter_stopped},
                    ProblemRow{.name = "Refused",
                               .refused = true,
                               .implausible = true,
                               .clock_off = true,
                               .expected = Problem::broker_refuses},
                    ProblemRow{.name = "Implausible",
                               .implausible = true,
                               .clock_off = true,
                               .expected = Problem::implausible},
                    ProblemRow{
                        .name = "ClockOff", .clock_off = true, .expected = Problem::clock_off},
                    ProblemRow{.name = "TooManyMetersIsNotTheMeters",
                               .port = Problem::too_many_meters,
                               .expected = Problem::ok},
                    ProblemRow{.name = "None", .expected = Problem::ok}),
    [](const auto& row) { return row.param.name; });

TEST(MeterPipelineTest, AProblemIsReportedWhenItChanges) {
    MeterPipeline meter("1");
    WallTime time = noon;
    const auto tick = [&](std::optional<Problem> port = Problem::ok) {
        time += 5s;
        return meter.tick(at(time), port).problem;
    };
    EXPECT_FALSE(tick(Problem::no_port).has_value()) << "not a pushed meter yet";
    (void)meter.take(live_list(time), at(time));
    EXPECT_FALSE(tick(std::nullopt).has_value()) << "no port of the configuration";
    EXPECT_TRUE(tick()->is_first);
    EXPECT_FALSE(tick().has_value());
    meter.set_refused("quota exceeded");
    EXPECT_EQ(tick()->detail, "quota exceeded");
    EXPECT_FALSE(tick().has_value());
    meter.set_refused("not authorised");
    EXPECT_EQ(tick()->detail, "not authorised");
    EXPECT_EQ(meter.problem()->cause, Problem::broker_refuses);
    meter.set_refused("");
    const auto ok = tick();
    ASSERT_TRUE(ok.has_value());
    EXPECT_EQ(ok->cause, Problem::ok);
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
        {10s, first_wh, true, "the first register"},
        {20s, {}, false, "saved in this hour"},
        {59min + 50s, {}, false, "saved in this hour"},
        {1h, {}, false, "the registers are still to come"},
        {1h + 10s, first_wh + 3600, true, "the registers of the hour"},
        {2h + 4min + 50s, {}, false, "the registers may still come"},
        {2h + 5min, {}, true, "they are lost"},
        {2h + 5min + 10s, first_wh + 7200, false, "saved in this hour"},
        {3h + 10s, 12, false, "dropped: the registers of the hour are still to come"},
        {3h + 20min, 1212, true, "dropped again, and the hour is late"},
        {3h + 40min, 2412, true, "accepted: does not wait for the hour"},
    };
    MeterPipeline meter("1");
    meter.set_analytics(MeterAnalytics(with_tariff()), {});
    for (const auto& [since, wh, saves, why] : steps) {
        const WallTime time = noon + since;
        const List list = wh ? hourly_list(time, *wh) : live_list(time);
        EXPECT_EQ(meter.take(list, at(time)).state_to_save.has_value(), saves)
            << since << ": " << why;
        EXPECT_FALSE(meter.tick(at(time), Problem::ok).state_to_save.has_value()) << since;
    }
}

TEST(MeterPipelineTest, AnHourWithoutRegistersIsSavedByTimeWhileTheMeterIsOnline) {
    for (const bool online : {true, false}) {
        MeterPipeline meter("1");
        (void)meter.take(hourly_list(noon + 10s, first_wh), at(noon + 10s));
        (void)meter.take(live_list(noon), at(noon + 1h + 4min + (online ? 30s : 0s)));
        EXPECT_EQ(meter.tick(at(noon + 1h + 5min), Problem::ok).state_to_save.has_value(), online);
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
    meter.set_analytics(MeterAnalytics(AnalyticsOptions{}, *state, true), noon + 10s);
    EXPECT_FALSE(meter.take(live_list(noon + 10min), at(noon + 10min)).state_to_save.has_value());
}

// ---- capacity charge ----------------------------------------------------------------------------

TEST(MeterPipelineTest, TheCapacityChargeIsPublishedWithLongerLists) {
    MeterPipeline meter("1");
    meter.set_analytics(MeterAnalytics(with_tariff()), {});
    EXPECT_FALSE(meter.take(voltage_list(noon, 230), at(noon)).charge.has_value())
        << "power is not known";
    EXPECT_TRUE(meter.take(live_list(noon), at(noon)).charge.has_value());
    EXPECT_FALSE(meter.take(power_list(), at(noon + 2s)).charge.has_value());
    const auto outcome = meter.take(hourly_list(noon + 10s, first_wh), at(noon + 10s));
    ASSERT_TRUE(outcome.charge.has_value());
    EXPECT_EQ(outcome.charge->now.consumed_wh, 10);
    EXPECT_EQ(outcome.charge->tariff->options().limits.size(), 6U);
    EXPECT_FALSE(meter.tick(at(noon + 15s), Problem::ok).charge.has_value());
}

TEST(MeterPipelineTest, WithoutATariffThereIsNoCapacityCharge) {
    MeterPipeline meter("1");
    EXPECT_FALSE(meter.take(live_list(noon), at(noon)).charge.has_value());
    EXPECT_FALSE(meter.snapshot().has_tariff);
}

TEST(MeterPipelineTest, CorrectionsArePublishedWithTheNextTick) {
    MeterPipeline meter("1");
    meter.set_analytics(MeterAnalytics(with_tariff()), {});
    (void)meter.take(live_list(noon), at(noon));
    meter.correct({{noon - 1h, 4000}});
    const auto outcome = meter.tick(at(noon + 5s), std::nullopt);
    ASSERT_TRUE(outcome.charge.has_value()) << "even if its port is not known";
    EXPECT_EQ(outcome.charge->now.month.mean(), 4000);
    EXPECT_FALSE(meter.tick(at(noon + 10s), std::nullopt).charge.has_value());
}

} // namespace
