// Counters to problems: the counters that grew in the last minute decide.
#include "meter/port_diagnosis.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using hanport::meter::Cause;
using hanport::meter::PortDiagnosis;
using hanport::meter::PortFacts;

const PortDiagnosis::Time begin{1h};

struct Row {
    const char* name;
    PortFacts each; // what every 10 s bring
    Cause expected;
};

class Causes : public testing::TestWithParam<Row> {};

PortFacts times(const PortFacts& each, std::uint64_t n) {
    PortFacts sum = each;
    for (const auto member : {&PortFacts::bytes, &PortFacts::power_lists, &PortFacts::long_lists,
                              &PortFacts::line_errors, &PortFacts::damaged, &PortFacts::cut,
                              &PortFacts::garbage, &PortFacts::ciphered, &PortFacts::unknown})
        sum.*member *= n;
    return sum;
}

TEST_P(Causes, AreNamedAfterAMinuteAndNotBefore) {
    PortDiagnosis diagnosis;
    Cause cause = Cause::ok;
    for (unsigned i = 0; i <= 6; ++i) {
        EXPECT_EQ(cause, Cause::ok) << i;
        cause = diagnosis.observe(begin + i * 10s, times(GetParam().each, i));
    }
    EXPECT_EQ(cause, GetParam().expected);
    // Good lists clear it at once.
    PortFacts good = times(GetParam().each, 6);
    good.long_lists += 1;
    good.bytes += 226;
    good.open = true;
    EXPECT_EQ(diagnosis.observe(begin + 70s, good), Cause::ok);
}

INSTANTIATE_TEST_SUITE_P(
    All, Causes,
    testing::Values(
        Row{"AllIsWell", {.open = true, .bytes = 226, .long_lists = 1}, Cause::ok},
        Row{"NoisyButWell",
            {.open = true,
             .bytes = 999,
             .long_lists = 1,
             .line_errors = 300,
             .damaged = 3,
             .cut = 2,
             .garbage = 9},
            Cause::ok},
        Row{"NoBytes", {.open = true}, Cause::no_bytes},
        Row{"Garbage", {.open = true, .bytes = 226, .garbage = 4}, Cause::wrong_parity_or_baud},
        Row{"LineErrors",
            {.open = true, .bytes = 226, .line_errors = 100, .damaged = 1},
            Cause::wrong_parity_or_baud},
        Row{"ShortArrivesLongIsDamaged",
            {.open = true, .bytes = 500, .power_lists = 4, .damaged = 1},
            Cause::long_frames_damaged},
        Row{"ShortArrivesLongIsCut",
            {.open = true, .bytes = 500, .power_lists = 4, .cut = 1, .garbage = 3},
            Cause::long_frames_damaged},
        Row{"OnlyLongOnesAndDamaged",
            {.open = true, .bytes = 226, .damaged = 1},
            Cause::long_frames_damaged},
        Row{"OnlyLongOnesAndCut",
            {.open = true, .bytes = 100, .cut = 1},
            Cause::long_frames_damaged},
        Row{"ShortOnesOnly", {.open = true, .bytes = 160, .power_lists = 4}, Cause::ok},
        Row{"Ciphered", {.open = true, .bytes = 250, .ciphered = 1}, Cause::ciphered_without_key},
        Row{"Unknown", {.open = true, .bytes = 250, .unknown = 1}, Cause::unknown_list}),
    [](const auto& row_info) { return row_info.param.name; });

TEST(PortDiagnosisTest, APortThatIsNotThereIsNamedAfterSomeSeconds) {
    PortDiagnosis diagnosis;
    EXPECT_EQ(diagnosis.observe(begin, {}), Cause::ok) << "it may come in a moment";
    EXPECT_EQ(diagnosis.observe(begin + 4s, {}), Cause::ok);
    EXPECT_EQ(diagnosis.observe(begin + 5s, {}), Cause::no_port);
    EXPECT_EQ(diagnosis.observe(begin + 20s, {.open = true}), Cause::no_port) << "nothing yet";
    EXPECT_EQ(diagnosis.observe(begin + 30s, {.open = true, .bytes = 226, .long_lists = 1}),
              Cause::ok);
}

TEST(PortDiagnosisTest, AMeterThatFallsSilentHasStopped) {
    PortDiagnosis diagnosis;
    const PortFacts heard{.open = true, .bytes = 2260, .long_lists = 10};
    Cause cause = Cause::ok;
    for (auto time = 0s; time < 60s; time += 10s) {
        cause = diagnosis.observe(begin + time, heard);
        EXPECT_EQ(cause, Cause::ok);
    }
    EXPECT_EQ(diagnosis.observe(begin + 60s, heard), Cause::meter_stopped);
}

TEST(PortDiagnosisTest, MetersBeyondTheLimitAreNamedAtOnceAndForAWhile) {
    PortDiagnosis diagnosis;
    PortFacts facts{.open = true, .bytes = 226, .long_lists = 1};
    EXPECT_EQ(diagnosis.observe(begin, facts), Cause::ok);
    facts.long_lists += 2;
    facts.beyond_limit += 1;
    EXPECT_EQ(diagnosis.observe(begin + 5s, facts), Cause::too_many_meters);
    for (auto time = 15s; time <= 75s; time += 10s) {
        facts.long_lists += 1;
        facts.bytes += 226;
        EXPECT_EQ(diagnosis.observe(begin + time, facts),
                  time < 65s ? Cause::too_many_meters : Cause::ok)
            << time.count();
    }
}

TEST(CausesTest, EachHasItsKeyAndASentenceOfAdvice) {
    std::vector<std::string> keys;
    for (const auto& row : hanport::meter::causes()) {
        keys.emplace_back(row.key);
        EXPECT_EQ(&hanport::meter::row(row.cause), &row) << row.key;
        EXPECT_EQ(row.advice.empty(), row.cause == Cause::ok);
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
