// IEC 62056-21 readouts step by step: modes, speeds, repeats, echo, silence.
#include "support/readout.hpp"
#include "unit/iec62056/samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "iec62056/session.hpp"
#include "iec62056/short_session.hpp"

namespace {

using namespace std::chrono_literals;
using support::ascii;
using support::SessionBench;
using support::to_hex;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string sign_on = to_hex(ascii("/?!\r\n"));
const std::string send_sign_on = "send " + sign_on;
const std::string acknowledgement = to_hex(ascii("\x06"
                                                 "050\r\n"));

class IecSession : public testing::Test {
  protected:
    iec62056::SessionOptions options;
    std::vector<std::string> refused;
    std::unique_ptr<readout::Session> session;

    SessionBench bench() {
        session = std::make_unique<iec62056::Session>(
            options, [this](const han::Reason& reason) { refused.emplace_back(reason.key); });
        return SessionBench(*session);
    }
    SessionBench short_bench() {
        session = std::make_unique<iec62056::ShortSession>(
            iec62056::ShortSessionOptions{},
            [this](const han::Reason& reason) { refused.emplace_back(reason.key); });
        return SessionBench(*session);
    }
};

TEST_F(IecSession, ModeCSwitchesAfterTheAcknowledgement) {
    auto line = bench();
    EXPECT_THAT(line.run(), ElementsAre("set 300 7E1", "wait"));
    EXPECT_THAT(line.wait_and_run(), ElementsAre(send_sign_on, "wait"));
    line.hear(ascii("/?!\r\n" + samples::omnipower_identification));
    const auto identified = line.elapsed();
    EXPECT_THAT(line.run(), ElementsAre("wait"));
    EXPECT_THAT(line.wait_and_run(), ElementsAre("send " + acknowledgement, "wait"));
    EXPECT_GE(line.elapsed() - identified, 200ms) << "reaction time";
    line.hear(ascii("\x06"
                    "050\r\n")); // echo
    const auto acknowledged = line.elapsed();
    EXPECT_THAT(line.wait_and_run(), ElementsAre("set 9600 7E1", "wait"));
    // 6 characters at 300 baud take 200 ms, the meter's reaction 200 ms more.
    EXPECT_GT(line.elapsed() - acknowledged, 200ms);
    EXPECT_LT(line.elapsed() - acknowledged, 400ms);
    line.hear(ascii(samples::omnipower_block));
    EXPECT_THAT(line.run(), ElementsAre("end"));
    EXPECT_THAT(line.readout(), HasSubstr(R"("meter_id":"60053")"));
    EXPECT_THAT(refused, IsEmpty());
}

TEST_F(IecSession, AQuickMeterIsNotKeptWaiting) {
    auto line = bench();
    EXPECT_EQ(line.next_sent(), sign_on);
    line.hear(ascii("/KAm5x\r\n"));
    const auto identified = line.elapsed();
    EXPECT_EQ(line.next_sent(), acknowledgement);
    EXPECT_THAT(line.wait_and_run(), ElementsAre("set 9600 7E1", "wait"));
    EXPECT_LT(line.elapsed() - identified, 20ms + 200ms + 20ms) << "it answers 20 ms later";
}

TEST_F(IecSession, ModeBSwitchesByItselfAndModeAStays) {
    for (const auto& [who, baud, sum] :
         {std::tuple("/KAMDx\r\n", 4800U, false), std::tuple("/KAM x\r\n", 300U, true)}) {
        auto line = bench();
        EXPECT_EQ(line.next_sent(), sign_on);
        line.hear(ascii(who));
        (void)line.run();
        EXPECT_EQ(line.format().baud, baud);
        line.hear(ascii(sum ? samples::small_sum : samples::small_xor));
        EXPECT_THAT(line.run(), ElementsAre("end"));
        EXPECT_THAT(line.readout(), HasSubstr(R"("value":123400,"unit":"Wh")"));
    }
}

TEST_F(IecSession, AddressAndWakeUpAreAsConfigured) {
    options.address = "12345678";
    options.wake_up = true;
    auto line = bench();
    EXPECT_EQ(line.next_sent(), std::string(130, '0')) << "65 NULs: 2.2 s";
    const auto woken = line.elapsed();
    EXPECT_EQ(line.next_sent(), to_hex(ascii("/?12345678!\r\n")));
    EXPECT_GE(line.elapsed() - woken, 2100ms + 1500ms);
}

TEST_F(IecSession, ADamagedBlockIsRepeated) {
    auto line = bench();
    (void)line.next_sent();
    line.hear(ascii("/KAM x\r\n"));
    std::string broken = samples::small_sum;
    broken[5] = '7';
    line.hear(ascii(broken));
    EXPECT_EQ(line.next_sent(), "15");
    line.hear(ascii(samples::small_sum));
    EXPECT_THAT(line.run(), ElementsAre("end"));
    EXPECT_THAT(refused, ElementsAre("bad_bcc"));
}

// The other check character than its kind has: believed when it comes twice.
TEST_F(IecSession, AMeterUnlikeItsKindIsReadAtTheSecondAttempt) {
    auto line = bench();
    (void)line.next_sent();
    line.hear(ascii("/KAM x\r\n" + samples::small_xor));
    EXPECT_EQ(line.next_sent(), "15");
    line.hear(ascii(samples::small_xor));
    EXPECT_THAT(line.run(), ElementsAre("end"));
    EXPECT_NE(line.readout(), "");
}

TEST_F(IecSession, TheLastTryOfModeCStaysAt300Baud) {
    auto line = bench();
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(line.next_sent(), sign_on);
        line.hear(ascii(samples::omnipower_identification));
        EXPECT_EQ(line.next_sent(), acknowledgement);
    }
    EXPECT_EQ(line.next_sent(), sign_on);
    line.hear(ascii(samples::omnipower_identification));
    EXPECT_THAT(line.run(), ElementsAre("wait"));
    EXPECT_EQ(line.format().baud, 300U);
    line.hear(ascii(samples::omnipower_block));
    EXPECT_THAT(line.run(), ElementsAre("end"));
    EXPECT_NE(line.readout(), "");
}

TEST_F(IecSession, SilenceIsASleepingMeterAndGarbageIsDamage) {
    const std::pair<const char*, const char*> rows[] = {
        {"", "asleep"}, {"/?!\r\n", "asleep"}, {"\x7f\x33garbage\r\n", "damaged"}};
    for (const auto& [heard, failure] : rows) {
        auto line = bench();
        int asked = 0;
        while (!line.next_sent().empty()) {
            ++asked;
            line.hear(ascii(heard));
        }
        EXPECT_EQ(asked, 3);
        EXPECT_EQ(line.failure(), failure);
        EXPECT_LT(line.elapsed(), 15s);
    }
}

TEST_F(IecSession, AMeterThatFallsSilentInABlockIsSignedOnToAgain) {
    auto line = bench();
    (void)line.next_sent();
    line.hear(ascii("/KAM x\r\n"
                    "\x02"
                    "1.8.0("));
    EXPECT_EQ(line.next_sent(), sign_on);
    EXPECT_THAT(refused, ElementsAre("incomplete"));
}

// ---- the short readout -------------------------------------------------------------------------

const std::string short_answer =
    "0001234 0056789 0012345 0007512 0003456 0004056 0000123 0000456 0000250 0000000\r";

TEST_F(IecSession, TheShortReadoutIsAnsweredAtFourTimesTheSpeed) {
    auto line = short_bench();
    EXPECT_THAT(line.run(), ElementsAre("set 300 7E2", "wait"));
    EXPECT_THAT(line.wait_and_run(), ElementsAre("send 2F2331", "wait"));
    line.hear(ascii("/#1")); // echo
    const auto asked = line.elapsed();
    EXPECT_THAT(line.wait_and_run(), ElementsAre("set 1200 7E2", "wait"));
    EXPECT_LT(line.elapsed() - asked, 110ms + 300ms)
        << "the answer may come 0.3 s after the request";
    line.hear(ascii(short_answer));
    EXPECT_THAT(line.run(), ElementsAre("end"));
    EXPECT_THAT(line.readout(), HasSubstr(R"("name":"volume","value":567.89)"));
}

TEST_F(IecSession, TheShortReadoutIsAskedForAgainEveryFiveSeconds) {
    auto line = short_bench();
    std::vector<std::string> sent;
    std::vector<long long> when;
    for (std::string request; !(request = line.next_sent()).empty();) {
        sent.push_back(request);
        when.push_back(line.elapsed().count());
    }
    EXPECT_THAT(sent, ElementsAre("2F2331", "2F23310D0A", "2F2331", "2F23310D0A"));
    for (std::size_t i = 1; i < when.size(); ++i)
        EXPECT_GE(when[i] - when[i - 1], 5000);
    EXPECT_EQ(line.failure(), "asleep");
}

TEST_F(IecSession, AShortReadoutWithWrongParityIsAskedForAgain) {
    auto line = short_bench();
    (void)line.next_sent();
    (void)line.wait_and_run();
    session->on_line_error();
    line.hear(ascii(short_answer));
    EXPECT_EQ(line.next_sent(), "2F23310D0A");
    (void)line.wait_and_run();
    line.hear(ascii(short_answer));
    EXPECT_THAT(line.run(), ElementsAre("end"));
    EXPECT_THAT(refused, ElementsAre("bad_parity"));
}

} // namespace
