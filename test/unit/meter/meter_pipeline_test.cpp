// The kind of each list, the values and the availability of a meter, by lists and time.
#include "unit/meter/pipeline_lists.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using namespace support;
using han::cosem::Unit;
using han::list::List;
using han::list::ListKind;
using hanport::base::Instant;
using hanport::base::WallTime;
using hanport::meter::AnalyticsOptions;
using hanport::meter::MeterAnalytics;
using hanport::meter::MeterPipeline;
using hanport::meter::Outcome;
using hanport::meter::Problem;
using hanport::meter::ViolationKind;
using testing::IsEmpty;

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
    EXPECT_EQ(meter.take(of_kind(ListKind::readout, {}), at(noon)).kind, ListKind::readout);
}

TEST(MeterPipelineTest, TheHourlyListOfAnEarlierRunIsNotPublishedTwice) {
    MeterPipeline meter("1");
    MeterAnalytics analytics{AnalyticsOptions{}};
    analytics.restore(noon + 10s, normal_time(noon + 10s));
    meter.set_analytics(std::move(analytics), {});
    EXPECT_EQ(meter.take(hourly_list(noon + 20s, first_wh), at(noon + 20s)).kind, ListKind::live);
}

// ---- availability -------------------------------------------------------------------------------

TEST(MeterPipelineTest, IsOnlineForAMinute) {
    MeterPipeline meter("1");
    EXPECT_FALSE(meter.is_online(at(noon).steady)) << "never heard";
    EXPECT_FALSE(meter.tick(at(noon), Problem::ok).fell_silent);
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
            const auto outcome = meter.tick(at(noon + begin + since), Problem::ok);
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
        EXPECT_TRUE(meter.tick(now, Problem::ok).online);
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
    const List live = of_kind(ListKind::live, list_with({power(200)}));
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
    EXPECT_EQ(meter.dropped()[static_cast<std::size_t>(ViolationKind::out_of_range)], 1U);
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
    EXPECT_FALSE(meter.tick(at(noon + 25s), Problem::ok).counters.has_value()) << "not changed";
}

TEST(MeterPipelineTest, RestoredLiveCountersAreKnownAtOnce) {
    MeterPipeline before("1");
    (void)before.take(hourly_list(noon + 10s, first_wh), at(noon + 10s));
    const auto state = before.stop(at(noon + 20s)).state_to_save;
    ASSERT_TRUE(state.has_value());
    MeterPipeline meter("1");
    meter.set_analytics(MeterAnalytics(with_tariff(), *state, true), noon + 10s);
    EXPECT_TRUE(meter.snapshot().has_tariff);
    EXPECT_EQ(meter.snapshot().values.at("active_energy_import_live").value.magnitude, first_wh);
}

// ---- polled meters, the end ---------------------------------------------------------------------

TEST(MeterPipelineTest, APolledMeterHasNoAnalytics) {
    MeterPipeline meter("1");
    meter.set_polled({.interval = 900s, .publish_interval = 3600s});
    const List list =
        of_kind(ListKind::readout,
                list_with({power(3600), energy(first_wh), reading(32, 7, 2300, Unit::volt)}));
    const auto outcome = meter.take(list, at(noon));
    EXPECT_TRUE(outcome.complete);
    EXPECT_EQ(outcome.polled->publish_interval, 3600s);
    EXPECT_EQ(outcome.snapshot.values.size(), 3U) << "all as they are";
    EXPECT_THAT(outcome.reports, IsEmpty());
    EXPECT_FALSE(outcome.counters || outcome.charge || outcome.state_to_save);
    const auto later = meter.tick(at(noon + 31min), Problem::no_port);
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
