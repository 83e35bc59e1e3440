// Every model's day as decoded: lists at the right seconds, with the right names.
#include "han/list/manufacturers.hpp"
#include "unit/simulator/models.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using hanport::simulator::Simulator;
using hanport::simulator::SimulatorOptions;
using std::chrono::milliseconds;
using std::chrono::seconds;
using support::decode_simulated;
using support::meter_time;
using support::Millis;

class SimulatedLists : public support::EveryModel {};
INSTANTIATE_TEST_SUITE_P(Models, SimulatedLists, support::each_model(), support::model_name);

TEST(SimulatorModels, AreOfEveryManufacturer) {
    for (const auto* const row : han::list::manufacturers())
        EXPECT_NE(std::ranges::find(support::expected_models(), row->name,
                                    &support::ExpectedModel::manufacturer),
                  support::expected_models().end())
            << row->name << " has no model in src/simulator/models.cpp";
}

// By the manufacturers' documents: what the tables of the simulator must not change unnoticed.
TEST(SimulatorModels, HaveTheResolutionAndTheSecondsOfTheDocuments) {
    struct Row {
        std::string_view manufacturer;
        std::int64_t resolution; ///< of a Norwegian meter's registers, Wh
        seconds hourly;          ///< after the full hour
        milliseconds power;
    };
    static constexpr auto rows = std::to_array<Row>(
        {{"Kamstrup", 10, 5s, 0ms}, {"Kaifa", 1, 10s, 2000ms}, {"Aidon", 10, 10s, 2500ms}});
    for (const auto& model : support::expected_models())
        for (const Row& row : rows)
            if (model.manufacturer == row.manufacturer && model.hourly >= 0s) {
                EXPECT_EQ(model.resolution, row.resolution) << model.model;
                EXPECT_EQ(model.hourly, row.hourly) << model.model;
                EXPECT_EQ(model.power, row.power) << model.model;
            }
}

// ---- lists -------------------------------------------------------------------------------------

// The lists of a day by their milliseconds, the slow way: each hour, each step of half a second.
std::map<milliseconds, std::string> schedule(const support::ExpectedModel& expected) {
    std::map<milliseconds, std::string> lists;
    for (milliseconds at = 0ms; at < 24h; at += 500ms) {
        const milliseconds of_hour = at % 1h;
        const bool has_hourly = expected.hourly >= 0s;
        if (has_hourly && of_hour == expected.hourly)
            lists[at] = "hourly";
        else if (of_hour % 10s == 0ms)
            lists[at] = expected.ten_seconds;
        else if (expected.power > 0ms && of_hour % expected.power == 0ms)
            lists[at] = "power";
    }
    return lists;
}

TEST_P(SimulatedLists, SendsItsListsAtTheirSeconds) {
    std::map<milliseconds, std::string> lists;
    for (const auto& frame : day())
        lists[frame.at - midnight] = frame.announced;
    EXPECT_EQ(lists, schedule(GetParam()));
    EXPECT_EQ(lists.size(), day().size());
}

TEST_P(SimulatedLists, DecodesWithoutARefusal) {
    std::string id; // power lists have no id; the first lists have none
    for (const auto& frame : day()) {
        ASSERT_EQ(frame.lists, 1U) << frame.announced;
        ASSERT_EQ(frame.refusals, 0U);
        ASSERT_TRUE(frame.intact);
        ASSERT_EQ(frame.kind, frame.announced);
        ASSERT_EQ(frame.manufacturer, GetParam().manufacturer);
        if (id.empty())
            id = frame.meter_id;
        ASSERT_EQ(frame.meter_id, id);
    }
    EXPECT_THAT(id, testing::StartsWith(GetParam().id_prefix));
}

std::string iso(Millis time) {
    std::string text(32, '\0');
    const auto midnight = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(midnight);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<seconds>(time - midnight));
    const int size = std::snprintf(
        text.data(), text.size(), "%d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

TEST_P(SimulatedLists, TellsTheTime) {
    for (const auto& frame : day()) {
        if (frame.kind == "hourly" && GetParam().hourly >= 0s) {
            ASSERT_EQ(frame.meter_time,
                      iso(std::chrono::floor<std::chrono::hours>(frame.at) + GetParam().clock));
        } else if (!frame.meter_time.empty()) {
            ASSERT_EQ(frame.meter_time, iso(frame.at));
        }
    }
}

// Length fields of recorded frames.
TEST(Simulator, FramesAreAsLongAsRecordedOnes) {
    struct Row {
        std::string_view model;
        std::string_view kind;
        std::size_t length;
    };
    static constexpr auto rows = std::to_array<Row>({
        {"kamstrup-3p4q", "live", 226},
        {"kamstrup-3p4q", "hourly", 300},
        {"kamstrup-3p4q-old", "live", 227},
        {"kamstrup-3p4q-old", "hourly", 301},
        {"kamstrup-1p1q", "hourly", 174},
        {"kaifa-3p", "power", 39},
        {"kaifa-3p", "live", 121},
        {"kaifa-3p", "hourly", 155},
        {"kaifa-1p", "live", 101},
        {"kaifa-1p", "hourly", 135},
        {"kaifa-se", "hourly", 285},
        {"aidon-3p", "power", 42},
        {"aidon-3p", "live", 286},
        {"aidon-3p", "hourly", 394},
        {"aidon-3p-it", "live", 267},
        {"aidon-3p-it", "hourly", 375},
        {"aidon-1p", "live", 210},
        {"aidon-se", "hourly", 579},
    });
    for (const auto& row : rows) {
        Simulator simulator({.model = std::string(row.model), .start = meter_time(11, 20)});
        auto frame = simulator.next();
        while (frame.kind != row.kind)
            frame = simulator.next();
        EXPECT_EQ(frame.octets.size(), row.length + 2) << row.model << ' ' << row.kind;
    }
}

// ---- details -----------------------------------------------------------------------------------

TEST(Simulator, ThreeWireKaifaHasNoVoltageL2) {
    for (const auto& frame :
         decode_simulated({.model = "kaifa-3p-it", .start = meter_time(11, 20)}, 30s))
        if (frame.kind == "live") {
            EXPECT_EQ(frame.values.at("voltage_l2"), 0);
            EXPECT_GT(frame.values.at("voltage_l1"), 200'000);
            EXPECT_GT(frame.values.at("current_l2"), 0);
        }
}

TEST(Simulator, ThreeWireAidonHasNoCurrentL2) {
    for (const auto& frame :
         decode_simulated({.model = "aidon-3p-it", .start = meter_time(11, 20)}, 30s))
        if (frame.kind == "live") {
            EXPECT_FALSE(frame.values.contains("current_l2"));
            EXPECT_TRUE(frame.values.contains("voltage_l2"));
        }
}

// The sun on one phase: its current is negative while the others take power.
TEST(Simulator, AidonSendsANegativeCurrentWhereAPhaseExports) {
    bool seen = false;
    for (const auto& frame :
         decode_simulated({.model = "aidon-se", .start = meter_time(6, 20, 10)}, 4h)) {
        const bool exports = frame.values.at("active_power_export_l1") > 100'000;
        EXPECT_TRUE(!exports || frame.values.at("current_l1") < 0);
        seen = seen || exports;
    }
    EXPECT_TRUE(seen);
}

TEST(Simulator, BeginsWithTheFirstListAtOrAfterTheStart) {
    Simulator kaifa({.model = "kaifa-3p", .start = meter_time(11, 20, 16, 59, 31)});
    EXPECT_EQ(kaifa.next().at, meter_time(11, 20, 16, 59, 32));
    Simulator aidon({.model = "aidon-3p", .start = meter_time(11, 20, 16, 59, 31)});
    const auto first = aidon.next();
    EXPECT_EQ(first.at, meter_time(11, 20, 16, 59, 32));
    EXPECT_EQ(first.fraction, 500ms);
    Simulator kamstrup({.start = meter_time(11, 20, 16, 59, 30)});
    EXPECT_EQ(kamstrup.next().at, meter_time(11, 20, 16, 59, 30));
}

// Started within the day, a meter is where it would have been had it run since midnight.
TEST(Simulator, ADayIsTheSameWhereverOneBegins) {
    const SimulatorOptions whole{.model = "kaifa-1p", .seed = 7, .start = meter_time(11, 20)};
    SimulatorOptions half = whole;
    half.start = meter_time(11, 20, 12, 0, 3);
    Simulator later(half);
    const auto expected = later.next();
    Simulator earlier(whole);
    auto frame = earlier.next();
    while (frame.at < half.start)
        frame = earlier.next();
    for (int i = 0; i < 2000; ++i) {
        const auto other = i == 0 ? expected : later.next();
        ASSERT_EQ(frame.at, other.at);
        ASSERT_EQ(frame.octets, other.octets);
        frame = earlier.next();
    }
}

// A restarted simulation is the same meter, whose registers never fall.
TEST(Simulator, RegistersDoNotFallFromOneStartToALaterOne) {
    for (const std::string model : {"kamstrup-3p4q", "kaifa-1p", "kamstrup-dk"}) {
        std::map<std::string, std::int64_t> before;
        for (unsigned day = 5; day < 9; ++day) {
            // Two starts a day, the coldest time of the year.
            for (const int hour : {1, 22})
                for (const auto& frame :
                     decode_simulated({.model = model, .start = meter_time(1, day, hour)}, 3h))
                    for (const auto& [name, value] : frame.values)
                        if (name.find("energy") != std::string::npos) {
                            ASSERT_GE(value, before[name]) << model << ' ' << name;
                            before[name] = value;
                        }
        }
    }
}

TEST(Simulator, TakesAGivenMeterId) {
    const auto frames =
        decode_simulated({.start = meter_time(11, 20), .meter_id = "5706567000000042"}, 10s);
    ASSERT_EQ(frames.size(), 2U);
    EXPECT_EQ(frames[0].meter_id, "5706567000000042");
}

TEST(Simulator, RefusesWhatCannotBe) {
    EXPECT_THROW(Simulator({.model = "ferraris"}), std::invalid_argument);
    EXPECT_THROW(Simulator({.model = "kamstrup-dk", .meter_id = "x1"}), std::invalid_argument);
    EXPECT_THROW(Simulator({.meter_id = std::string(65, '1')}), std::invalid_argument);
}

} // namespace
