// What virtual meters answer, against the documents' examples: they are what the reader is tested
// with.
#include "simulator/polled_meter.hpp"
#include "support/hex.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using hanport::simulator::make_polled_meter;
using hanport::simulator::PolledMeterOptions;
using support::ascii;
using support::hex;
using support::to_hex;
using testing::IsEmpty;
using testing::SizeIs;

std::string hear(hanport::simulator::PolledMeter& meter, const support::Octets& octets,
                 unsigned baud) {
    std::string said;
    for (const auto& answer : meter.hear(octets, baud, 0ms))
        said += (said.empty() ? "" : " ") + to_hex(answer.octets);
    return said;
}

TEST(PolledMeter, TheMulticalAnswersAsTheDocumentDoes) {
    const auto meter = make_polled_meter({.model = "multical-601", .meter_id = "19088743"});
    EXPECT_EQ(hear(*meter, hex("803F0235E90D"), 1200), "403F0201234567E9560D");
    EXPECT_EQ(hear(*meter, hex("803F1001006319450D"), 1200).substr(0, 14), "403F1000633304")
        << "register 99, a number of four octets";
    EXPECT_EQ(hear(*meter, hex("803F0235E90D"), 9600), "") << "at another speed it hears nothing";
    EXPECT_EQ(hear(*meter, hex("803F0235E80D"), 1200), "") << "a wrong check sum";
    EXPECT_EQ(hear(*meter, hex("807F0235E90D"), 1200), "") << "another address";
    EXPECT_EQ(hear(*meter, hex("803F1001001B7FD4080D"), 1200), "403F10079A0D")
        << "it does not have register 128";
}

TEST(PolledMeter, TheOmnipowerSwitchesAndRepeats) {
    const auto meter = make_polled_meter({.model = "omnipower-iec"});
    const auto identification = meter->hear(ascii("/?!\r\n"), 300, 0ms);
    ASSERT_THAT(identification, SizeIs(1));
    EXPECT_EQ(identification[0].octets, ascii("/KAM5 6841138AN110001\r\n"));
    EXPECT_EQ(identification[0].baud, 300U);
    const auto data = meter->hear(ascii("\x06"
                                        "050\r\n"),
                                  300, 0ms);
    ASSERT_THAT(data, SizeIs(1));
    EXPECT_EQ(data[0].baud, 9600U);
    EXPECT_EQ(data[0].octets.front(), 0x02);
    unsigned check = 0;
    for (std::size_t i = 1; i < data[0].octets.size(); ++i)
        check ^= data[0].octets[i];
    EXPECT_EQ(check, 0U) << "with its own check character the XOR is nought";
    const auto again = meter->hear(ascii("\x15"), 9600, 0ms);
    ASSERT_THAT(again, SizeIs(1));
    EXPECT_EQ(again[0].octets, data[0].octets);
    EXPECT_THAT(meter->hear(ascii("/?!\r\n"), 9600, 0ms), IsEmpty());
}

TEST(PolledMeter, TheMultical66AnswersTenFields) {
    const auto meter = make_polled_meter({.model = "multical-66"});
    const auto answer = meter->hear(ascii("/#1"), 300, 0ms);
    ASSERT_THAT(answer, SizeIs(1));
    EXPECT_EQ(answer[0].baud, 1200U);
    EXPECT_GE(answer[0].after, 300ms);
    EXPECT_THAT(answer[0].octets, SizeIs(80));
}

TEST(PolledMeter, SleepsEchoesAndMakesErrorsOnDemand) {
    const auto request = hex("803F0235E90D");
    const PolledMeterOptions sleeper{.model = "multical-601", .echo = true, .asleep = 2};
    const auto meter = make_polled_meter(sleeper);
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(hear(*meter, request, 1200), "803F0235E90D") << "the echo alone";
    EXPECT_THAT(hear(*meter, request, 1200), testing::StartsWith("803F0235E90D 403F02"));

    const auto noisy = make_polled_meter({.model = "multical-601", .noise = 1});
    const auto good = hear(*make_polled_meter({.model = "multical-601"}), request, 1200);
    for (int i = 0; i < 100; ++i)
        EXPECT_NE(hear(*noisy, request, 1200), good);
}

} // namespace
