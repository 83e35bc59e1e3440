// IEC 62056-21 readouts step by step: modes, speeds, repeats, echo, silence.
#include "iec62056/session.hpp"
#include "iec62056/short_session.hpp"
#include "support/readout.hpp"
#include "unit/iec62056/samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

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
    std::unique_ptr<polled::Session> session;

    SessionBench bench() {
        session = std::make_unique<iec62056::Session>(
            options, [this](iec62056::Error error) { refused.emplace_back(reason(error).key); });
        return SessionBench(*session);
    }
    SessionBench short_bench() {
        session = std::make_unique<iec62056::ShortSession>(
            iec62056::ShortSessionOptions{},
            [this](iec62056::Error error) { refused.emplace_back(reason(error).key); });
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

// Not the check character of this kind of meter: accepted when the block is repeated.
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

// Sunlight on the optical head: an octet now and then, at shorter intervals than any timeout.
TEST_F(IecSession, OctetsThatGoOnForEverDoNotHoldIt) {
    struct Row {
        const char* before; // what the meter said after the first sign-on
        const char* octet;
        const char* failure;
    };
    const Row rows[] = {
        {"", "\x7f", "damaged"},
        {"", "/", "damaged"},
        {"", "\r", "asleep"},
        {"/KAM x\r\n", "\x7f", "damaged"},
        {"/KAM5x\r\n", "\x7f", "damaged"},
        {"/KAM x\r\n\x02", "\x7f", "damaged"},
        {"/KAM x\r\n", "\x02", "damaged"},
        {"/KAM x\r\n", "\x03", "damaged"},
    };
    for (const Row& row : rows) {
        auto line = bench();
        int asked = 0;
        for (int i = 0; i < 100'000 && !line.has_ended(); ++i) {
            for (const std::string& action : line.run())
                asked += action == send_sign_on ? 1 : 0;
            line.advance(300ms);
            line.hear(ascii(asked == 1 && line.elapsed() < 1s ? row.before + std::string(row.octet)
                                                              : row.octet));
        }
        EXPECT_EQ(line.failure(), row.failure) << row.before << "|" << to_hex(ascii(row.octet));
        EXPECT_EQ(asked, 3);
        EXPECT_LT(line.elapsed(), 2min);
    }
}

// Longer than any timeout in total, and with pauses between its lines.
TEST_F(IecSession, ALongBlockIsReadToItsEnd) {
    auto line = bench();
    (void)line.next_sent();
    line.hear(ascii("/LGZ x\r\n"));
    std::string block = "\x02";
    for (int i = 0; i < 400; ++i)
        block += "1.8.0*01(000123.4*kWh)\r\n";
    block += "!\r\n\x03";
    for (std::size_t at = 0; at < block.size(); at += 24) {
        line.advance(at % 240 == 0 ? 1500ms : 800ms); // 24 characters at 300 baud
        line.hear(ascii(block.substr(at, 24)));
        ASSERT_THAT(line.run(), ElementsAre("wait")) << at;
    }
    unsigned bcc = 0;
    for (const char c : block.substr(1))
        bcc ^= static_cast<unsigned char>(c);
    line.hear(ascii(std::string(1, static_cast<char>(bcc))));
    EXPECT_THAT(line.run(), ElementsAre("end"));
    EXPECT_NE(line.readout(), "");
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

TEST_F(IecSession, OctetsThatGoOnForEverDoNotHoldTheShortReadout) {
    for (const char* const octet : {"\x7f", "\r", "0", "/"}) {
        auto line = short_bench();
        for (int i = 0; i < 1000 && !line.has_ended(); ++i) {
            (void)line.run();
            line.advance(300ms);
            line.hear(ascii(octet));
        }
        EXPECT_TRUE(line.has_ended());
        EXPECT_LT(line.elapsed(), 25s);
        EXPECT_EQ(line.failure(), *octet == '\r' ? "asleep" : "damaged");
    }
}

} // namespace
