// IEC 62056-21 from characters to values: identifications, blocks, short readouts.
#include "iec62056/decoder.hpp"
#include "support/readout.hpp"
#include "unit/iec62056/samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>

namespace {

using iec62056::Check;
using iec62056::Mode;
using support::ascii;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

support::ReadoutCollector decode(const std::string& text, std::size_t chunk = 4096) {
    return support::decode_readout<iec62056::Decoder>(ascii(text), chunk);
}

// 7E1 as received on a line set to 8N1.
support::Octets with_parity(support::Octets octets) {
    for (auto& octet : octets)
        if (std::popcount(octet) % 2 != 0)
            octet = static_cast<std::uint8_t>(octet | 0x80U);
    return octets;
}

// ---- identification ----------------------------------------------------------------------------

TEST(IecIdentification, TellsModeSpeedAndMaker) {
    struct Row {
        const char* line;
        Mode mode;
        unsigned baud;
        int reaction;
        const char* text;
        Check check;
    };
    const Row rows[] = {
        {"/KAM5 6841138AN110001", Mode::c, 9600, 200, "6841138AN110001", Check::exclusive_or},
        {"/KAM0x", Mode::c, 300, 200, "x", Check::exclusive_or},
        {"/KAm6x", Mode::c, 19200, 20, "x", Check::exclusive_or},
        {"/KAMAx", Mode::b, 600, 200, "x", Check::exclusive_or},
        {"/KAMFx", Mode::b, 19200, 200, "x", Check::exclusive_or},
        {"/KAM 68438BC450000", Mode::a, 300, 200, "68438BC450000", Check::sum},
        {"/KAM", Mode::a, 300, 200, "", Check::sum},
        // The field \W, the enhanced baud rate and mode.
        {R"(/LGZ4\2ZMD3104407.B40)", Mode::c, 4800, 200, "ZMD3104407.B40", Check::exclusive_or},
        {R"(/KAM5\2\@x)", Mode::c, 9600, 200, "x", Check::exclusive_or},
        {R"(/KAM5x\2)", Mode::c, 9600, 200, R"(x\2)", Check::exclusive_or},
        {"/LGZ 7x", Mode::a, 300, 200, "7x", Check::exclusive_or},
        {"/KAM7x", Mode::a, 300, 200, "x", Check::sum},
        {"/KAMGx", Mode::a, 300, 200, "x", Check::sum},
    };
    for (const Row& row : rows) {
        const auto who = iec62056::identification(row.line);
        ASSERT_TRUE(who.has_value()) << row.line;
        EXPECT_EQ(who->mode, row.mode) << row.line;
        EXPECT_EQ(who->baud, row.baud) << row.line;
        EXPECT_EQ(who->reaction.count(), row.reaction) << row.line;
        EXPECT_EQ(who->text, row.text) << row.line;
        EXPECT_EQ(who->check(), row.check) << row.line;
    }
    EXPECT_EQ(iec62056::identification("/KAM5x")->maker_name(), "Kamstrup");
    EXPECT_EQ(iec62056::identification("/LGZ5x")->maker_name(), "LGZ");
    for (const char* const line : {"", "/", "/KA", "/?!", "/?12345678!", "KAM5x", "/K\tM5x", "/#1"})
        EXPECT_FALSE(iec62056::identification(line).has_value()) << line;
}

TEST(IecIdentification, IsAnsweredWithAReadoutAndNothingElse) {
    EXPECT_EQ(iec62056::sign_on(""), ascii("/?!\r\n"));
    EXPECT_EQ(iec62056::sign_on("12345678"), ascii("/?12345678!\r\n"));
    EXPECT_EQ(iec62056::acknowledgement(*iec62056::identification("/KAM5x")), ascii("\x06"
                                                                                    "050\r\n"));
}

// ---- blocks ------------------------------------------------------------------------------------

TEST(IecBlock, HasTheCheckCharactersOfTheDocuments) {
    EXPECT_EQ(iec62056::check_character(Check::exclusive_or, ascii(samples::small_text)), 0x40);
    EXPECT_EQ(iec62056::check_character(Check::sum, ascii(samples::small_text)), 0x6C);
    const auto block = ascii(samples::omnipower_block);
    EXPECT_EQ(iec62056::check_character(Check::exclusive_or,
                                        std::span(block).subspan(1, block.size() - 2)),
              0x27);
}

TEST(IecBlock, EitherCheckCharacterIsTakenOfAMeterOfThatKind) {
    EXPECT_THAT(decode(samples::omnipower_identification + samples::small_xor).lines, SizeIs(1));
    EXPECT_THAT(decode(samples::mode_a_identification + samples::small_sum).lines, SizeIs(1));
    EXPECT_THAT(decode(samples::small_xor).lines, SizeIs(1)) << "nobody knows the meter";
    EXPECT_THAT(decode(samples::small_sum).lines, SizeIs(1));
    const auto unlike = decode(samples::omnipower_identification + samples::small_sum);
    EXPECT_THAT(unlike.lines, IsEmpty());
    EXPECT_THAT(unlike.refusals, ElementsAre("bad_bcc@23"));
    EXPECT_THAT(
        decode(samples::omnipower_identification + samples::small_sum + samples::small_sum).lines,
        SizeIs(1))
        << "it repeats itself";
}

TEST(IecBlock, EveryBitFlipIsRefused) {
    const std::pair<std::string, std::string> rows[] = {
        {samples::omnipower_identification, samples::omnipower_block},
        {samples::omnipower_identification, samples::small_xor},
        {samples::mode_a_identification, samples::small_sum},
    };
    for (const auto& [who, block] : rows)
        for (const bool parity : {false, true})
            for (std::size_t bit = 0; bit < block.size() * 8; ++bit) {
                auto octets = ascii(who + block);
                if (parity)
                    octets = with_parity(octets);
                octets[who.size() + bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
                const auto told = support::decode_readout<iec62056::Decoder>(octets);
                ASSERT_THAT(told.lines, IsEmpty()) << block.substr(1, 20) << " bit " << bit;
                ASSERT_THAT(told.refusals, testing::Not(IsEmpty())) << " bit " << bit;
            }
}

TEST(IecBlock, WithParityInACaptureOfEightBitsIsRead) {
    const auto octets =
        with_parity(ascii(samples::omnipower_identification + samples::omnipower_block));
    EXPECT_EQ(support::decode_readout<iec62056::Decoder>(octets).lines,
              decode(samples::omnipower_identification + samples::omnipower_block).lines);
}

// ---- a whole readout ----------------------------------------------------------------------------

TEST(IecDecoder, TheOmnipowerOfTheDataSheetIsReadCompletely) {
    constexpr const char* expected =
        R"({"meter_id":"60053","meter_type":"6841138AN110001","manufacturer":"Kamstrup",)"
        R"("list_id":null,"list":"readout","meter_time":"2014-11-09T23:26:37","values":[)"
        R"({"obis":"0.0.1","name":"meter_number","value":"60053","unit":null},)"
        R"({"obis":"97.97.0","name":"error_code","value":0,"unit":null},)"
        R"({"obis":"1.8.0","name":"active_energy_import","value":451000,"unit":"Wh"},)"
        R"({"obis":"1.8.1","name":"active_energy_import_t1","value":450000,"unit":"Wh"},)"
        R"({"obis":"1.8.2","name":"active_energy_import_t2","value":1000,"unit":"Wh"},)"
        R"({"obis":"2.8.0","name":"active_energy_export","value":0,"unit":"Wh"},)"
        R"({"obis":"2.8.1","name":"active_energy_export_t1","value":0,"unit":"Wh"},)"
        R"({"obis":"2.8.2","name":"active_energy_export_t2","value":0,"unit":"Wh"},)"
        R"({"obis":"3.8.0","name":"reactive_energy_import","value":0,"unit":"varh"},)"
        R"({"obis":"3.8.1","name":"reactive_energy_import_t1","value":0,"unit":"varh"},)"
        R"({"obis":"3.8.2","name":"reactive_energy_import_t2","value":0,"unit":"varh"},)"
        R"({"obis":"4.8.0","name":"reactive_energy_export","value":0,"unit":"varh"},)"
        R"({"obis":"4.8.1","name":"reactive_energy_export_t1","value":0,"unit":"varh"},)"
        R"({"obis":"4.8.2","name":"reactive_energy_export_t2","value":0,"unit":"varh"},)"
        R"({"obis":"1.6.0","name":"active_power_import_max","value":1084,"unit":"W"},)"
        R"({"obis":"1.6.0","name":"active_power_import_max_time","value":"2014-11-09T16:15:00","unit":null},)"
        R"({"obis":"1.6.1","name":"active_power_import_max_t1","value":1084,"unit":"W"},)"
        R"({"obis":"1.6.1","name":"active_power_import_max_t1_time","value":"2014-11-09T16:15:00","unit":null},)"
        R"({"obis":"1.6.2","name":"active_power_import_max_t2","value":0,"unit":"W"},)"
        R"({"obis":"1.6.2","name":"active_power_import_max_t2_time","value":"2014-11-01T00:00:00","unit":null},)"
        R"({"obis":"2.6.0","name":"active_power_export_max","value":0,"unit":"W"},)"
        R"({"obis":"2.6.0","name":"active_power_export_max_time","value":"2014-11-01T00:00:00","unit":null},)"
        R"({"obis":"3.6.0","name":"reactive_power_import_max","value":0,"unit":"var"},)"
        R"({"obis":"3.6.0","name":"reactive_power_import_max_time","value":"2014-11-01T00:00:00","unit":null},)"
        R"({"obis":"4.6.0","name":"reactive_power_export_max","value":0,"unit":"var"},)"
        R"({"obis":"4.6.0","name":"reactive_power_export_max_time","value":"2014-11-01T00:00:00","unit":null},)"
        R"({"obis":"1.2.0","name":"active_power_import_max_sum","value":23370,"unit":"W"},)"
        R"({"obis":"2.2.0","name":"active_power_export_max_sum","value":0,"unit":"W"},)"
        R"({"obis":"3.2.0","name":"reactive_power_import_max_sum","value":0,"unit":"var"},)"
        R"({"obis":"4.2.0","name":"reactive_power_export_max_sum","value":0,"unit":"var"},)"
        R"({"obis":"0.1.0","name":"reset_count","value":15,"unit":null},)"
        R"({"obis":"96.8.0","name":"operating_hours","value":11018,"unit":"h"},)"
        R"({"obis":"1.0.0","name":"clock","value":"2014-11-09T23:26:37","unit":null}]})";
    const std::string conversation = "/?!\r\n" + samples::omnipower_identification +
                                     "\x06"
                                     "050\r\n" +
                                     samples::omnipower_block;
    for (const std::size_t chunk : {1U, 7U, 4096U}) {
        const auto told = decode(conversation, chunk);
        EXPECT_THAT(told.lines, ElementsAre(expected));
        EXPECT_THAT(told.refusals, IsEmpty());
    }
}

// The sheet's typesetting has blanks there: they take each other out of the XOR.

// ---- the short readout -------------------------------------------------------------------------

constexpr const char* short_answer =
    "0001234 0056789 0012345 0007512 0003456 0004056 0000123 0000456 0000250 0000000\r";

TEST(IecShortReadout, IsTenFieldsInTheScaleThatIsConfigured) {
    const auto told = decode(std::string("/#1") + short_answer);
    EXPECT_THAT(told.refusals, IsEmpty());
    EXPECT_THAT(
        told.lines,
        ElementsAre(
            R"({"meter_id":null,"meter_type":null,"manufacturer":"Kamstrup","list_id":null,)"
            R"("list":"readout","meter_time":null,"values":[)"
            R"({"field":"1","name":"heat_energy","value":12340000000,"unit":"J"},)"
            R"({"field":"2","name":"volume","value":567.89,"unit":"m³"},)"
            R"({"field":"3","name":"operating_hours","value":12345,"unit":"h"},)"
            R"({"field":"4","name":"flow_temperature","value":75.12,"unit":"°C"},)"
            R"({"field":"5","name":"return_temperature","value":34.56,"unit":"°C"},)"
            R"({"field":"6","name":"temperature_difference","value":40.56,"unit":"K"},)"
            R"({"field":"7","name":"power","value":12300,"unit":"W"},)"
            R"({"field":"8","name":"flow","value":0.456,"unit":"m³/h"},)"
            R"({"field":"9","name":"peak","value":25000,"unit":"W"},)"
            R"({"field":"10","name":"info_code","value":0,"unit":null}]})"));
    EXPECT_THAT(decode(std::string("/#1\r\n") + short_answer).lines, SizeIs(1));
    EXPECT_THAT(decode(short_answer).lines, SizeIs(1));
}

TEST(IecShortReadout, WhatHasAnotherFormIsRefused) {
    const std::string good(short_answer, 79);
    for (const std::string& text : {good.substr(1), good + "0", good.substr(0, 71),
                                    "0001234-" + good.substr(8), "000123A" + good.substr(7)}) {
        polled::Readout readout;
        EXPECT_EQ(take_short_readout(text, iec62056::default_scaling(), readout).error(),
                  iec62056::Error::bad_field)
            << text;
    }
}

// There is no check sum: the parity of each character has to do.
TEST(IecShortReadout, EveryBitFlipBreaksTheParity) {
    const auto whole = with_parity(ascii(short_answer));
    ASSERT_THAT(support::decode_readout<iec62056::Decoder>(whole).lines, SizeIs(1));
    for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
        auto octets = whole;
        octets[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        const auto told = support::decode_readout<iec62056::Decoder>(octets);
        EXPECT_THAT(told.lines, IsEmpty()) << bit;
        EXPECT_THAT(told.refusals, testing::Not(IsEmpty())) << bit;
    }
}

TEST(IecShortReadout, ScalesAreSteps) {
    using han::cosem::Unit;
    using iec62056::Scale;
    const std::pair<const char*, Scale> rows[] = {
        {"0.01 GJ", {Unit::joule, 7}},       {"1 l/h", {Unit::cubic_metre_per_hour, -3}},
        {"0.1 kW", {Unit::watt, 2}},         {"10 kWh", {Unit::watt_hour, 4}},
        {"0.001 MWh", {Unit::watt_hour, 3}}, {"0.01 m3", {Unit::cubic_metre, -2}},
    };
    for (const auto& [text, expected] : rows)
        EXPECT_EQ(iec62056::scale(text), expected) << text;
    for (const char* const text :
         {"", "0.01", "GJ", "2 GJ", "0 GJ", "-1 GJ", "0.01 furlongs", "0.01GJ"})
        EXPECT_FALSE(iec62056::scale(text).has_value()) << text;
}

// Found by the fuzzer: an invalid short readout deleted the manufacturer's name.
TEST(IecDecoder, DigitsBeforeTheBlockDoNotCostTheMakersName) {
    const auto told = decode("/LGZ5ZMD310\r\n12345\r\n" + samples::small_xor);
    ASSERT_THAT(told.lines, SizeIs(1));
    EXPECT_THAT(told.lines[0], HasSubstr(R"("meter_type":"ZMD310","manufacturer":"LGZ")"));
    EXPECT_THAT(told.refusals, ElementsAre("bad_field@13"));
}

TEST(IecDecoder, TellsWhatBelongsToNothing) {
    EXPECT_THAT(decode("hello\r\n" + samples::omnipower_identification).refusals,
                ElementsAre("outside_frame@0+5"));
    EXPECT_THAT(decode("\x02"
                       "1.8.0(1")
                    .refusals,
                ElementsAre("incomplete@0"));
    EXPECT_THAT(decode("\x02"
                       "1.8.0(1" +
                       samples::small_xor)
                    .refusals,
                ElementsAre("incomplete@0"));
    EXPECT_THAT(decode("\x02"
                       "1.8.0(1/?!\r\n" +
                       samples::small_xor)
                    .lines,
                SizeIs(1));
    EXPECT_THAT(decode("\x02"
                       "1.8.0(1)\x03"
                       "0")
                    .refusals,
                ElementsAre("bad_bcc@0"));
    EXPECT_THAT(decode("\x02" + std::string(20000, '1')).refusals, testing::Contains("too_long@0"));
    EXPECT_THAT(decode(std::string(65, '\0') + "/?!\r\n\x15").refusals, IsEmpty());
}

} // namespace
