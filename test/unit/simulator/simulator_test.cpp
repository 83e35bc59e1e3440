// Every model's day as the decoder reads it: lists at their seconds, values that fit each other,
// registers that are the sum of the power.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <ostream>

#include "unit/simulator/simulated_day.hpp"

namespace {

using namespace std::chrono_literals;
using hanport::Simulator;
using hanport::SimulatorOptions;
using std::chrono::milliseconds;
using std::chrono::seconds;
using support::decode_simulated;
using support::DecodedFrame;
using support::meter_time;
using support::Millis;

// ---- what is expected of a model, from the fact sheet ------------------------------------------

struct Expected {
    std::string model;
    std::string manufacturer;
    std::string id_prefix;
    milliseconds power;      // period; 0: no power lists
    std::string ten_seconds; // the list of every ten seconds
    seconds hourly;          // after the full hour; -1: registers are in every list
    seconds clock;           // likewise, what the hourly list's clock shows
    std::int64_t resolution; // of registers, Wh
    int phases;
    bool exports;

    friend void PrintTo(const Expected& expected, std::ostream* out) { *out << expected.model; }
};

const std::vector<Expected>& table() {
    static const std::vector<Expected> rows{
        {"kamstrup-3p4q", "Kamstrup", "5706567", 0ms, "live", 5s, 5s, 10, 3, true},
        {"kamstrup-3p4q-old", "Kamstrup", "5706567", 0ms, "live", 5s, 5s, 10, 3, false},
        {"kamstrup-1p1q", "Kamstrup", "5706567", 0ms, "live", 5s, 5s, 10, 1, false},
        {"kamstrup-dk", "Kamstrup", "1", 0ms, "hourly", -1s, 0s, 10, 3, true},
        {"kaifa-3p", "Kaifa", "6970631", 2000ms, "live", 10s, 10s, 1, 3, false},
        {"kaifa-3p-it", "Kaifa", "6970631", 2000ms, "live", 10s, 10s, 1, 3, false},
        {"kaifa-1p", "Kaifa", "6970631", 2000ms, "live", 10s, 10s, 1, 1, false},
        {"kaifa-se", "Kaifa", "7340157", 0ms, "hourly", -1s, 0s, 1, 3, true},
        {"aidon-3p", "Aidon", "7359992", 2500ms, "live", 10s, 0s, 10, 3, true},
        {"aidon-3p-it", "Aidon", "7359992", 2500ms, "live", 10s, 0s, 10, 3, false},
        {"aidon-1p", "Aidon", "7359992", 2500ms, "live", 10s, 0s, 10, 1, false},
        {"aidon-se", "Aidon", "", 0ms, "hourly", -1s, 0s, 1, 3, true},
        {"landisgyr-3p", "Landis+Gyr", "LGZ", 0ms, "live", 10s, 0s, 10, 3, false},
    };
    return rows;
}

class EveryModel : public testing::TestWithParam<Expected> {
  protected:
    // A day in spring, with heating, sun and a car. Decoded once a model.
    [[nodiscard]] static const std::vector<DecodedFrame>& day() {
        static std::map<std::string, std::vector<DecodedFrame>> days;
        auto& frames = days[GetParam().model];
        if (frames.empty())
            frames = decode_simulated({.model = GetParam().model, .start = meter_time(4, 12)}, 24h);
        return frames;
    }
};
INSTANTIATE_TEST_SUITE_P(Models, EveryModel, testing::ValuesIn(table()), [](const auto& row) {
    std::string name = row.param.model;
    std::ranges::replace(name, '-', '_');
    return name;
});

TEST(SimulatorModels, AreThoseOfTheTable) {
    std::vector<std::string> names;
    for (const auto& row : table())
        names.push_back(row.model);
    const auto models = hanport::simulator_models();
    EXPECT_THAT(models, testing::UnorderedElementsAreArray(names));
}

// ---- lists -------------------------------------------------------------------------------------

// The lists of a day by their milliseconds, the slow way: each hour, each step of half a second.
std::map<milliseconds, std::string> schedule(const Expected& expected) {
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

TEST_P(EveryModel, SendsItsListsAtTheirSeconds) {
    std::map<milliseconds, std::string> lists;
    for (const auto& frame : day())
        lists[frame.at - Millis(meter_time(4, 12))] = frame.announced;
    EXPECT_EQ(lists, schedule(GetParam()));
    EXPECT_EQ(lists.size(), day().size());
}

TEST_P(EveryModel, DecodesWithoutARefusal) {
    std::string id; // power lists name none; the first ones have none
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

TEST_P(EveryModel, TellsTheTime) {
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

// ---- values ------------------------------------------------------------------------------------

struct Register {
    std::string power;
    std::string energy;
};

// In W·ms: what a list shows flows until the next list.
TEST_P(EveryModel, RegistersAreTheSumOfThePowerShown) {
    static const std::vector<Register> registers{
        {"active_power_import", "active_energy_import"},
        {"active_power_export", "active_energy_export"},
        {"reactive_power_import", "reactive_energy_import"},
        {"reactive_power_export", "reactive_energy_export"}};
    const bool each_list = GetParam().hourly < 0s;
    for (const auto& [power, energy] : registers) {
        const auto& frames = day();
        if (!frames.front().values.contains(power) || GetParam().power > 0ms)
            if (power != "active_power_import")
                continue; // power lists have no more, so these cannot be summed
        std::int64_t sum = 0;
        std::int64_t at_full_hour = 0;
        std::optional<std::int64_t> first;
        std::size_t compared = 0;
        for (std::size_t i = 0; i < frames.size(); ++i) {
            const auto& frame = frames[i];
            if ((frame.at - Millis(meter_time(4, 12))) % 1h == 0ms || each_list)
                at_full_hour = sum;
            if (const auto shown = frame.values.find(energy); shown != frame.values.end()) {
                ASSERT_EQ(shown->second % 1000, 0);
                const std::int64_t watt_hours = shown->second / 1000;
                if (!first)
                    first = watt_hours;
                const std::int64_t grown = at_full_hour / 3'600'000;
                ASSERT_EQ(watt_hours - *first, grown - grown % GetParam().resolution) << energy;
                ++compared;
            }
            if (i + 1 < frames.size())
                sum += frame.values.at(power) / 1000 * (frames[i + 1].at - frame.at).count();
        }
        EXPECT_GE(compared, 24U) << energy;
    }
}

TEST_P(EveryModel, ImportsOrExportsAndNeverBoth) {
    std::size_t exporting = 0;
    for (const auto& frame : day()) {
        if (!frame.values.contains("active_power_export"))
            continue;
        const auto out = frame.values.at("active_power_export");
        ASSERT_TRUE(out == 0 || frame.values.at("active_power_import") == 0);
        exporting += out > 0 ? 1 : 0;
    }
    EXPECT_EQ(exporting > 0, GetParam().exports);
}

// Σ U·I is the apparent power of the phases, so no less than that of all together; at most some
// percent more, where phases do not feed in against each other.
TEST_P(EveryModel, CurrentsAndVoltagesFitThePower) {
    const bool three_wire = GetParam().model.ends_with("-it") || GetParam().model.ends_with("-old");
    for (const auto& frame : day()) {
        if (!frame.values.contains("current_l1") || three_wire ||
            frame.values.at("active_power_import") < 500'000)
            continue;
        double sum = 0;
        for (int phase = 1; phase <= GetParam().phases; ++phase) {
            const auto of = [&](std::string name) {
                return static_cast<double>(frame.values.at(name.append(std::to_string(phase)))) /
                       1000;
            };
            EXPECT_NEAR(of("voltage_l"), 230, 15);
            sum += std::abs(of("current_l")) * of("voltage_l");
        }
        const double power = static_cast<double>(frame.values.at("active_power_import")) / 1000;
        // Rounding: 0.05 A and 0.5 V of each phase.
        const double tolerance = 45 + power * 0.005;
        ASSERT_GE(sum, power - tolerance);
        if (!GetParam().exports) {
            ASSERT_LE(sum, power * 1.08 + tolerance + 150);
        }
    }
}

TEST_P(EveryModel, IsAPlausibleHousehold) {
    std::int64_t most = 0;
    std::int64_t watt_millis = 0;
    const auto& frames = day();
    for (std::size_t i = 0; i + 1 < frames.size(); ++i) {
        const auto power = frames[i].values.at("active_power_import") / 1000;
        most = std::max(most, power);
        watt_millis += power * (frames[i + 1].at - frames[i].at).count();
    }
    const double kilowatt_hours = static_cast<double>(watt_millis) / 3.6e9;
    EXPECT_GT(kilowatt_hours, 10);
    EXPECT_LT(kilowatt_hours, 120);
    EXPECT_GT(most, 4000);
    EXPECT_LT(most, 20'000);
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

// A simulation that is ended and begun anew is the same meter, whose registers never fall.
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
