// KMP's check sum, frames, numbers and units, against Kamstrup 5512-447's own examples.
#include "kmp/crc.hpp"
#include "kmp/decoder.hpp"
#include "kmp/message.hpp"
#include "kmp/number.hpp"
#include "kmp/register.hpp"
#include "support/readout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace {

using kmp::Request;
using support::hex;
using support::to_hex;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Answers whose check sums were computed by hand: GetType, GetSerialNo, GetRegister 128 and 99.
constexpr const char* answers[] = {
    "403F0100041BF90126990D",
    "403F0201234567E9560D",
    "403F10001B7F160411012AF02463030D",
    "403F1000633302000000CF4E0D",
};

support::ReadoutCollector decode(std::string_view text, std::size_t chunk = 4096) {
    return support::decode_readout<kmp::Decoder>(hex(text), chunk);
}

TEST(KmpCrc, IsXmodem) {
    EXPECT_EQ(kmp::crc(support::ascii("123456789")), 0x31C3);
    EXPECT_EQ(kmp::crc({}), 0);
}

TEST(KmpRequest, IsFramedAndStuffed) {
    const auto registers = [](std::initializer_list<std::uint16_t> ids) {
        return to_hex(Request::get_registers(std::vector(ids)).octets());
    };
    EXPECT_EQ(to_hex(Request::get_type().octets()), "803F01058A0D");
    EXPECT_EQ(to_hex(Request::get_serial_no().octets()), "803F0235E90D");
    EXPECT_EQ(registers({128}), "803F1001001B7FD4080D");
    EXPECT_EQ(registers({60}), "803F1001003CB25F0D");
    EXPECT_EQ(registers({68}), "803F100100444DC00D");
    EXPECT_EQ(registers({74}), "803F1001004AAC0E0D");
    EXPECT_EQ(registers({80}), "803F100100501F750D");
    EXPECT_EQ(registers({84}), "803F100100545FF10D");
    EXPECT_EQ(registers({86}), "803F100100567FB30D");
    EXPECT_EQ(registers({87}), "803F100100576F920D");
    EXPECT_EQ(registers({89}), "803F100100598E5C0D");
    EXPECT_EQ(registers({99}), "803F1001006319450D");
    EXPECT_EQ(registers({1001}), "803F100103E97CD40D");
    EXPECT_EQ(registers({1004}), "803F100103EC2C710D");
    EXPECT_EQ(registers({1054}), "803F1001041E7ABB0D");
    EXPECT_EQ(registers({60, 68, 86, 87, 74, 80}), "803F101BF9003C004400560057004A0050B3A50D");
    EXPECT_EQ(registers({1, 2, 3, 4, 5, 6, 7, 8, 9}), registers({1, 2, 3, 4, 5, 6, 7, 8}));
}

TEST(KmpDecoder, ReadsTheAnswersOfTheDocument) {
    const auto told = decode(std::string("803F01058A0D") + answers[0] + "803F0235E90D" +
                             answers[1] + "803F1001006319450D" + answers[3]);
    EXPECT_THAT(told.refusals, IsEmpty());
    EXPECT_THAT(told.lines,
                ElementsAre(R"({"meter_id":"19088743","meter_type":"MULTICAL 601 Pt100, F1",)"
                            R"("manufacturer":"Kamstrup","list_id":null,"list":"readout",)"
                            R"("meter_time":null,"values":[{"register":"99","name":"info_code",)"
                            R"("value":0,"unit":null}]})"));
}

TEST(KmpDecoder, StuffedIdsAndBigExponentsAreRead) {
    const auto told = decode(answers[2]);
    ASSERT_EQ(told.lines.size(), 1U);
    // 012AF024 × 10^17 kW
    EXPECT_THAT(told.lines[0],
                HasSubstr(R"({"register":"128","name":"year_max_power","value":19591204)" +
                          std::string(20, '0') + R"(,"unit":"W"})"));
}

TEST(KmpDecoder, EveryBitFlipOfEveryAnswerIsRefused) {
    for (const char* const answer : answers)
        for (std::size_t bit = 0; bit < hex(answer).size() * 8; ++bit) {
            auto octets = hex(answer);
            octets[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
            support::ReadoutCollector collector;
            kmp::Decoder decoder(collector);
            decoder.feed(octets);
            decoder.flush();
            // The start octet flipped: 40 becomes 00, noise that hides a frame, or C0.
            EXPECT_EQ(decoder.intact_frames(), 0U) << answer << " bit " << bit;
            EXPECT_THAT(collector.lines, IsEmpty()) << answer << " bit " << bit;
            EXPECT_THAT(collector.refusals, testing::Not(IsEmpty())) << answer << " bit " << bit;
        }
}

TEST(KmpDecoder, TellsWhatIsWrong) {
    const std::pair<const char*, std::vector<std::string>> rows[] = {
        {"0000403F1000633302000000CF4E0D", {}},
        {"FF06403F1000633302000000CF4E0D", {"outside_frame@0+2"}},
        {"403F1000403F1000633302000000CF4E0D", {"incomplete@0"}},
        {"403F1000633302000000CF4E", {"incomplete@0"}},
        {"403F1000633302000000CF4F0D", {"bad_crc@0"}},
        {"403F10001B11633302000000CF4F0D", {"bad_stuffing@0"}},
        {"40000D", {"too_short@0"}},
        {"400D", {"too_short@0"}},
        {"403F10001B0D", {"incomplete@0"}},
    };
    for (const auto& [text, refusals] : rows)
        for (const std::size_t chunk : {1U, 4096U})
            EXPECT_EQ(decode(text, chunk).refusals, refusals) << text;
    std::string endless = "40";
    for (int i = 0; i < 600; ++i)
        endless += "55";
    EXPECT_THAT(decode(endless + "0D").refusals, ElementsAre("too_long@0"));
}

TEST(KmpAnswer, IsTakenWholeOrNotAtAll) {
    polled::Readout readout;
    const auto take = [&readout](std::uint8_t command, std::string_view data) {
        const auto octets = hex(data);
        return kmp::take_answer({.address = 0x3F, .command = command, .data = octets}, readout);
    };
    for (const char* const cut : {"00", "003C0204", "003C020543000012", "003C02044300001234AA"})
        EXPECT_EQ(take(0x10, std::string("00443301000A") + cut),
                  std::unexpected(kmp::Error::bad_layout))
            << cut;
    EXPECT_TRUE(readout.list.readings.empty());
    EXPECT_EQ(take(0x01, "0004"), std::unexpected(kmp::Error::bad_layout));
    EXPECT_EQ(take(0x02, "0102030405"), std::unexpected(kmp::Error::bad_layout));
    EXPECT_EQ(take(0x09, ""), std::unexpected(kmp::Error::unknown_answer));
    EXPECT_TRUE(take(0x10, "").has_value()) << "a meter without any of the registers";
}

TEST(KmpAnswer, DateAndClockAreTheMetersTime) {
    polled::Readout readout;
    // 235959 and 261120
    const auto data = hex("03EA 2F 04 00 000399B7  03EB 30 04 00 0003FC00");
    ASSERT_TRUE(kmp::take_answer({.address = 0x3F, .command = 0x10, .data = data}, readout));
    ASSERT_TRUE(readout.list.meter_time.has_value());
    std::string text;
    han::dlms::append_iso8601(text, *readout.list.meter_time, true);
    EXPECT_EQ(text, "2026-11-20T23:59:59");
}

TEST(KmpNumber, IsExact) {
    struct Row {
        std::uint8_t sign_exponent;
        const char* mantissa;
        const char* expected;
    };
    const Row rows[] = {
        {0xC2, "00003039", "-123.45"},
        {0x03, "05397FB1", "87654321000"},
        {0x03, "FF", "255000"},
        {0x42, "000004D2", "12.34"},
        {0x80, "00", "0"},
        {0x00, "FFFFFFFFFFFFFFFF", "18446744073709551615"},
        {0x7F, "01", "1e-63"},
    };
    for (const Row& row : rows) {
        const auto number = kmp::number(row.sign_exponent, hex(row.mantissa));
        ASSERT_TRUE(number.has_value()) << row.expected;
        std::string text;
        append(text, *number);
        EXPECT_EQ(text, row.expected);
    }
    EXPECT_FALSE(kmp::number(0, {}).has_value());
    EXPECT_FALSE(kmp::number(0, hex("010000000000000000")).has_value());
}

TEST(KmpUnit, HasTheNumbersOfTheDocument) {
    struct Row {
        std::uint8_t number;
        const char* text;
        const char* cosem;
        int exponent;
    };
    const Row rows[] = {
        {0, "", "", 0},          {1, "Wh", "Wh", 0},       {2, "kWh", "Wh", 3},
        {3, "MWh", "Wh", 6},     {4, "GWh", "Wh", 9},      {5, "J", "J", 0},
        {8, "GJ", "J", 9},       {9, "cal", "", 0},        {12, "Gcal", "", 0},
        {13, "varh", "varh", 0}, {16, "Gvarh", "varh", 9}, {17, "VAh", "VAh", 0},
        {20, "GVAh", "VAh", 9},  {21, "W", "W", 0},        {22, "kW", "W", 3},
        {25, "var", "var", 0},   {29, "VA", "VA", 0},      {32, "GVA", "VA", 9},
        {33, "V", "V", 0},       {34, "A", "A", 0},        {35, "kV", "V", 3},
        {36, "kA", "A", 3},      {37, "°C", "°C", 0},      {38, "K", "K", 0},
        {39, "l", "m³", -3},     {40, "m³", "m³", 0},      {41, "l/h", "m³/h", -3},
        {42, "m³/h", "m³/h", 0}, {43, "m³·°C", "", 0},     {44, "t", "kg", 3},
        {45, "t/h", "", 0},      {46, "h", "h", 0},        {47, "hh:mm:ss", "", 0},
        {50, "mm:dd", "", 0},    {51, "", "", 0},          {52, "bar", "bar", 0},
        {53, "RTC", "", 0},      {54, "ASCII", "", 0},     {55, "m³×10", "m³", 1},
        {56, "t×10", "kg", 4},   {57, "GJ×10", "J", 10},   {58, "min", "min", 0},
        {59, "", "", 0},         {60, "s", "s", 0},        {61, "ms", "s", -3},
        {62, "d", "d", 0},       {64, "date-time", "", 0},
    };
    for (const Row& row : rows) {
        const auto* const unit = kmp::unit(row.number);
        ASSERT_NE(unit, nullptr);
        EXPECT_EQ(unit->text, row.text) << +row.number;
        EXPECT_EQ(text(unit->unit), row.cosem) << +row.number;
        EXPECT_EQ(unit->exponent, row.exponent) << +row.number;
        EXPECT_EQ(unit->is_foreign, *row.text != '\0' && *row.cosem == '\0') << +row.number;
    }
    EXPECT_EQ(kmp::unit(65), nullptr);
}

TEST(KmpRegister, IsFoundByNameAndNumber) {
    EXPECT_EQ(kmp::register_id("heat_energy"), 60);
    EXPECT_EQ(kmp::register_id("60"), 60);
    EXPECT_EQ(kmp::register_id("0x3C"), 60);
    EXPECT_EQ(kmp::register_id("0x03e9"), 1001);
    EXPECT_EQ(kmp::register_id("65535"), 65535);
    for (const char* const text : {"", "0x", "65536", "-1", "60 ", "heat", "1.8.0"})
        EXPECT_FALSE(kmp::register_id(text).has_value()) << text;
    EXPECT_EQ(kmp::find_register(1346)->name, "active_power_export_l3");
    EXPECT_EQ(kmp::find_register(3), nullptr);
    std::set<std::string_view> names;
    for (const auto& row : kmp::registers()) {
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        EXPECT_EQ(kmp::find_register(row.id), &row);
    }
}

} // namespace
