// A KMP readout step by step: a table of received and sent octets.
#include "kmp/session.hpp"
#include "support/readout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using support::hex;
using support::SessionBench;
using testing::ElementsAre;
using testing::HasSubstr;

// Requests and answers with check sums from the documents.
constexpr const char* ask_serial = "803F0235E90D";
constexpr const char* serial = "403F0201234567E9560D";
constexpr const char* ask_type = "803F01058A0D";
constexpr const char* type = "403F0100041BF90126990D";
constexpr const char* ask_serial_register = "803F100103E97CD40D";
constexpr const char* no_register = "403F10079A0D";
constexpr const char* ask_99 = "803F1001006319450D";
constexpr const char* info = "403F1000633302000000CF4E0D";

class KmpSession : public testing::Test {
  protected:
    kmp::SessionOptions options{.registers = {99}};
    std::vector<std::string> refused;
    std::unique_ptr<kmp::Session> session;

    SessionBench bench() {
        session = std::make_unique<kmp::Session>(
            options, [this](kmp::Error error) { refused.emplace_back(reason(error).key); });
        return SessionBench(*session);
    }
};

TEST_F(KmpSession, AsksForNumberTypeAndRegisters) {
    auto line = bench();
    EXPECT_THAT(line.run(), ElementsAre("set 1200 8N2", "wait"));
    EXPECT_EQ(line.next_sent(), ask_serial);
    line.hear(hex(serial));
    EXPECT_EQ(line.next_sent(), ask_type);
    line.hear(hex(type));
    EXPECT_EQ(line.next_sent(), ask_99);
    line.hear(hex(info));
    EXPECT_THAT(line.run(), ElementsAre("end"));
    EXPECT_EQ(line.readout(),
              R"({"meter_id":"19088743","meter_type":"MULTICAL 601 Pt100, F1",)"
              R"("manufacturer":"Kamstrup","list_id":null,"list":"readout","meter_time":null,)"
              R"("values":[{"register":"99","name":"info_code","value":0,"unit":null}]})");
    EXPECT_THAT(refused, testing::IsEmpty());
}

TEST_F(KmpSession, AMeterThatIsKnownIsNotAskedForItsType) {
    options.known_id = "19088743";
    options.known_type = "the one in the cellar";
    auto line = bench();
    EXPECT_EQ(line.next_sent(), ask_serial);
    line.hear(hex(serial));
    EXPECT_EQ(line.next_sent(), ask_99);
    line.hear(hex(info));
    EXPECT_THAT(line.run(), ElementsAre("end"));
    EXPECT_THAT(line.readout(), HasSubstr("the one in the cellar"));
}

// A meter need not have register 1001, and GetSerialNo may fail once.
TEST_F(KmpSession, AKnownMeterThatDoesNotTellItsNumberKeepsIt) {
    options.known_id = "19088743";
    options.known_type = "the one in the cellar";
    auto line = bench();
    for (unsigned i = 0; i < options.tries; ++i)
        EXPECT_EQ(line.next_sent(), ask_serial);
    EXPECT_EQ(line.next_sent(), ask_serial_register);
    line.hear(hex(no_register));
    EXPECT_EQ(line.next_sent(), ask_99);
    line.hear(hex(info));
    EXPECT_THAT(line.run(), ElementsAre("end"));
    EXPECT_THAT(line.readout(), HasSubstr(R"("meter_id":"19088743")"));
}

TEST_F(KmpSession, EchoAndNoiseArePassedOver) {
    auto line = bench();
    EXPECT_EQ(line.next_sent(), ask_serial);
    line.hear(hex("FF 803F0235E90D 00 00 06"));
    line.hear(hex(serial));
    EXPECT_EQ(line.next_sent(), ask_type);
    line.hear(hex(std::string(ask_type) + "00" + type));
    EXPECT_EQ(line.next_sent(), ask_99);
    // A late answer to an earlier request, one of a module, and the right one in pieces.
    line.hear(hex(serial));
    const auto answer = hex(info);
    for (const std::uint8_t octet : answer)
        line.hear(std::span(&octet, 1));
    EXPECT_THAT(line.run(), ElementsAre("end"));
    EXPECT_NE(line.readout(), "");
}

TEST_F(KmpSession, ADamagedAnswerIsAskedForAgain) {
    auto line = bench();
    EXPECT_EQ(line.next_sent(), ask_serial);
    line.hear(hex("403F0201234568E9560D"));
    const auto before = line.elapsed();
    EXPECT_EQ(line.next_sent(), ask_serial);
    EXPECT_LT(line.elapsed() - before, 500ms) << "it does not wait for what will not come";
    line.hear(hex(serial));
    EXPECT_EQ(line.next_sent(), ask_type);
    EXPECT_THAT(refused, ElementsAre("bad_crc"));
}

// Every bit of the echo in turn, and an octet missing; the meter answers 600 ms later.
TEST_F(KmpSession, ADamagedEchoIsNotTheAnswer) {
    for (const auto& [request, answer] : {std::pair(ask_serial, serial), std::pair(ask_99, info)}) {
        const auto sent = hex(request);
        for (std::size_t bit = 0; bit < sent.size() * 9; ++bit) {
            refused.clear();
            auto line = bench();
            std::string asked = line.next_sent();
            if (request == ask_99) {
                line.hear(hex(serial));
                (void)line.next_sent();
                line.hear(hex(type));
                asked = line.next_sent();
            }
            ASSERT_EQ(asked, request);
            auto echo = sent;
            if (bit < sent.size() * 8)
                echo[bit / 8] = static_cast<std::uint8_t>(echo[bit / 8] ^ 1U << bit % 8);
            else
                echo.erase(echo.begin() + static_cast<std::ptrdiff_t>(bit - sent.size() * 8));
            line.hear(echo);
            line.advance(600ms);
            ASSERT_THAT(line.run(), ElementsAre("wait")) << request << " bit " << bit;
            line.hear(hex(answer));
            EXPECT_NE(line.next_sent(), request) << " bit " << bit;
            EXPECT_THAT(refused, testing::IsEmpty()) << request << " bit " << bit;
        }
    }
}

// The light of the sun looks like an answer that is damaged; the meter's own comes later.
TEST_F(KmpSession, NoiseBeforeTheAnswerDoesNotCutTheWait) {
    auto line = bench();
    EXPECT_EQ(line.next_sent(), ask_serial);
    line.hear(hex("4055AA0D"));
    line.advance(1600ms);
    EXPECT_THAT(line.run(), ElementsAre("wait"));
    line.hear(hex(serial));
    EXPECT_EQ(line.next_sent(), ask_type);
}

TEST_F(KmpSession, SilenceIsASleepingMeter) {
    for (const bool echo : {false, true}) {
        auto line = bench();
        std::vector<std::string> sent;
        for (std::string request; !(request = line.next_sent()).empty();) {
            sent.push_back(request);
            if (echo)
                line.hear(hex(request));
        }
        EXPECT_THAT(sent, ElementsAre(ask_serial, ask_serial, ask_serial, ask_serial_register,
                                      ask_serial_register, ask_serial_register));
        EXPECT_EQ(line.readout(), "");
        EXPECT_EQ(line.failure(), "asleep");
        EXPECT_GT(line.elapsed(), 6 * 1600ms) << "1.6 s for each answer";
        EXPECT_LT(line.elapsed(), 12s);
    }
    EXPECT_THAT(reason(polled::Failure::asleep).text, HasSubstr("press any button"));
}

TEST_F(KmpSession, ADamagedEchoOfASleepingMeterIsSleep) {
    auto line = bench();
    for (std::string request; !(request = line.next_sent()).empty();) {
        auto echo = hex(request);
        echo[3] ^= 0x04;
        line.hear(echo);
    }
    EXPECT_EQ(line.failure(), "asleep");
}

TEST_F(KmpSession, DamageEveryTimeIsNoSleep) {
    auto line = bench();
    while (!line.next_sent().empty())
        line.hear(hex("403F0201234568E9560D"));
    EXPECT_EQ(line.failure(), "damaged");
}

// Endless light that looks like the beginning of answers.
TEST_F(KmpSession, NoiseDoesNotHoldItForEver) {
    auto line = bench();
    for (int i = 0; i < 1000 && !line.has_ended(); ++i) {
        line.advance(100ms);
        line.hear(hex("0D40"));
        (void)line.run();
    }
    EXPECT_TRUE(line.has_ended());
    EXPECT_LT(line.elapsed(), 60s);
}

TEST_F(KmpSession, OctetsThatGoOnForEverDoNotHoldIt) {
    for (const char* const octet : {"00", "06", "0D", "40", "7F", "80", "1B"}) {
        auto line = bench();
        for (int i = 0; i < 1000 && !line.has_ended(); ++i) {
            (void)line.run();
            line.advance(300ms);
            line.hear(hex(octet));
        }
        EXPECT_TRUE(line.has_ended()) << octet;
        EXPECT_LT(line.elapsed(), 30s) << octet;
    }
}

TEST_F(KmpSession, AWaterMeterThatOnlyKnowsRegistersIsReadAllTheSame) {
    auto line = bench();
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(line.next_sent(), ask_serial);
    EXPECT_EQ(line.next_sent(), ask_serial_register);
    line.hear(hex("403F10 03E9 33 04 00 004C4B1BBF 921BF9 0D")); // 5000000
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(line.next_sent(), ask_type);
    EXPECT_EQ(line.next_sent(), ask_99);
    line.hear(hex(info));
    EXPECT_THAT(line.run(), ElementsAre("end"));
    EXPECT_THAT(line.readout(), HasSubstr(R"("meter_id":"5000000","meter_type":null)"));
    EXPECT_THAT(line.readout(), testing::Not(HasSubstr("1001")));
}

TEST_F(KmpSession, MoreThanEightRegistersAreSeveralRequests) {
    options.registers = {60, 68, 86, 87, 74, 80, 89, 99, 128};
    auto line = bench();
    (void)line.next_sent();
    line.hear(hex(serial));
    (void)line.next_sent();
    line.hear(hex(type));
    EXPECT_THAT(line.next_sent(), testing::StartsWith("803F10"));
    line.hear(hex(info));
    EXPECT_EQ(line.next_sent(), "803F1001001B7FD4080D");
    line.hear(hex(info)); // late: not the answer to the current request
    line.hear(hex("403F10001B7F160411012AF02463030D"));
    EXPECT_THAT(line.run(), ElementsAre("end"));
    EXPECT_THAT(line.readout(), HasSubstr(R"("register":"99")"));
    EXPECT_THAT(line.readout(), HasSubstr(R"("register":"128")"));
}

// Nobody has said what to ask for: what heat and water meters have, and then what electricity
// meters have.
TEST_F(KmpSession, AMeterWithoutAnyOfTheUsualRegistersIsAskedForElectricity) {
    options.registers = {};
    auto line = bench();
    (void)line.next_sent();
    line.hear(hex(serial));
    (void)line.next_sent();
    line.hear(hex(type));
    EXPECT_THAT(line.next_sent(), testing::StartsWith("803F1008003C0044004A0050005600570059006"));
    line.hear(hex("403F10 079A 0D")); // none of them
    EXPECT_THAT(line.next_sent(), testing::StartsWith("803F10080001000203FF0400041E041F04200434"));
    line.hear(hex("403F10 079A 0D"));
    EXPECT_THAT(line.next_sent(), testing::StartsWith("803F100204350436F3960D"));
    line.hear(hex("403F10 079A 0D"));
    EXPECT_THAT(line.run(), ElementsAre("end"));
    EXPECT_EQ(line.failure(), "no_values");
}

} // namespace
