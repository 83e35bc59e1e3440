// Counters to problems: the counters that grew in the last minute decide.
#include "meter/port_diagnosis.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using hanport::meter::PortCounters;
using hanport::meter::PortDiagnosis;
using hanport::meter::Problem;

const PortDiagnosis::Time begin{1h};

struct Row {
    const char* name;
    PortCounters each; // what every 10 s bring
    Problem expected;
};

class Causes : public testing::TestWithParam<Row> {};

PortCounters times(const PortCounters& each, std::uint64_t n) {
    PortCounters sum = each;
    for (const auto member :
         {&PortCounters::bytes, &PortCounters::power_lists, &PortCounters::long_lists,
          &PortCounters::line_errors, &PortCounters::damaged, &PortCounters::cut,
          &PortCounters::garbage, &PortCounters::ciphered, &PortCounters::unknown})
        sum.*member *= n;
    return sum;
}

TEST_P(Causes, AreNamedAfterAMinuteAndNotBefore) {
    PortDiagnosis diagnosis;
    Problem cause = Problem::ok;
    for (unsigned i = 0; i <= 6; ++i) {
        EXPECT_EQ(cause, Problem::ok) << i;
        cause = diagnosis.observe(begin + i * 10s, times(GetParam().each, i));
    }
    EXPECT_EQ(cause, GetParam().expected);
    // Good lists clear it at once.
    PortCounters good = times(GetParam().each, 6);
    good.long_lists += 1;
    good.bytes += 226;
    good.open = true;
    EXPECT_EQ(diagnosis.observe(begin + 70s, good), Problem::ok);
}

INSTANTIATE_TEST_SUITE_P(
    All, Causes,
    testing::Values(
        Row{"AllIsWell", {.open = true, .bytes = 226, .long_lists = 1}, Problem::ok},
        Row{"NoisyButWell",
            {.open = true,
             .bytes = 999,
             .long_lists = 1,
             .line_errors = 300,
             .damaged = 3,
             .cut = 2,
             .garbage = 9},
            Problem::ok},
        Row{"NoBytes", {.open = true}, Problem::no_bytes},
        Row{"Garbage", {.open = true, .bytes = 226, .garbage = 4}, Problem::wrong_parity_or_baud},
        Row{"LineErrors",
            {.open = true, .bytes = 226, .line_errors = 100, .damaged = 1},
            Problem::wrong_parity_or_baud},
        Row{"ShortArrivesLongIsDamaged",
            {.open = true, .bytes = 500, .power_lists = 4, .damaged = 1},
            Problem::long_frames_damaged},
        Row{"ShortArrivesLongIsCut",
            {.open = true, .bytes = 500, .power_lists = 4, .cut = 1, .garbage = 3},
            Problem::long_frames_damaged},
        Row{"OnlyLongOnesAndDamaged",
            {.open = true, .bytes = 226, .damaged = 1},
            Problem::long_frames_damaged},
        Row{"OnlyLongOnesAndCut",
            {.open = true, .bytes = 100, .cut = 1},
            Problem::long_frames_damaged},
        Row{"ShortOnesOnly", {.open = true, .bytes = 160, .power_lists = 4}, Problem::ok},
        Row{"Ciphered", {.open = true, .bytes = 250, .ciphered = 1}, Problem::ciphered_without_key},
        Row{"Unknown", {.open = true, .bytes = 250, .unknown = 1}, Problem::unknown_list}),
    [](const auto& row_info) { return row_info.param.name; });

TEST(PortDiagnosisTest, APortThatIsNotThereIsNamedAfterSomeSeconds) {
    PortDiagnosis diagnosis;
    EXPECT_EQ(diagnosis.observe(begin, {}), Problem::ok) << "it may come in a moment";
    EXPECT_EQ(diagnosis.observe(begin + 4s, {}), Problem::ok);
    EXPECT_EQ(diagnosis.observe(begin + 5s, {}), Problem::no_port);
    EXPECT_EQ(diagnosis.observe(begin + 20s, {.open = true}), Problem::no_port) << "nothing yet";
    EXPECT_EQ(diagnosis.observe(begin + 30s, {.open = true, .bytes = 226, .long_lists = 1}),
              Problem::ok);
}

TEST(PortDiagnosisTest, AMeterThatFallsSilentHasStopped) {
    PortDiagnosis diagnosis;
    const PortCounters heard{.open = true, .bytes = 2260, .long_lists = 10};
    Problem cause = Problem::ok;
    for (auto time = 0s; time < 60s; time += 10s) {
        cause = diagnosis.observe(begin + time, heard);
        EXPECT_EQ(cause, Problem::ok);
    }
    EXPECT_EQ(diagnosis.observe(begin + 60s, heard), Problem::meter_stopped);
}

TEST(PortDiagnosisTest, MetersBeyondTheLimitAreNamedAtOnceAndForAWhile) {
    PortDiagnosis diagnosis;
    PortCounters facts{.open = true, .bytes = 226, .long_lists = 1};
    EXPECT_EQ(diagnosis.observe(begin, facts), Problem::ok);
    facts.long_lists += 2;
    facts.beyond_limit += 1;
    EXPECT_EQ(diagnosis.observe(begin + 5s, facts), Problem::too_many_meters);
    for (auto time = 15s; time <= 75s; time += 10s) {
        facts.long_lists += 1;
        facts.bytes += 226;
        EXPECT_EQ(diagnosis.observe(begin + time, facts),
                  time < 65s ? Problem::too_many_meters : Problem::ok)
            << time.count();
    }
}

TEST(CausesTest, EachHasItsKeyAndASentenceOfAdvice) {
    std::vector<std::string> keys;
    for (const auto& row : hanport::meter::problems()) {
        keys.emplace_back(row.key);
        EXPECT_EQ(&hanport::meter::row(row.cause), &row) << row.key;
        EXPECT_EQ(row.advice.empty(), row.cause == Problem::ok);
        if (!row.advice.empty()) {
            EXPECT_TRUE(row.advice.ends_with('.')) << row.key;
        }
    }
    EXPECT_EQ(keys, (std::vector<std::string>{"ok", "no_port", "no_bytes", "wrong_parity_or_baud",
                                              "long_frames_damaged", "ciphered_without_key",
                                              "meter_stopped", "unknown_list", "broker_refuses",
                                              "implausible", "clock_off", "too_many_meters"}))
        << "other programs know them";
}

} // namespace
