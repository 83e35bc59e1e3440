// Data sets of IEC 62056-21: what counts as one, and the meaning of code, value, unit and time.
#include "iec62056/data_set.hpp"
#include "iec62056/decoder.hpp"
#include "iec62056/session.hpp"
#include "support/readout.hpp"
#include "unit/iec62056/samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::ascii;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

support::ReadoutCollector decode(const std::string& text) {
    return support::decode_readout<iec62056::Decoder>(ascii(text));
}

TEST(IecDataSets, BlanksAndLineEndsAreTolerated) {
    for (const char* const text :
         {"1.8.0(1*kWh)2.8.0(2*kWh)!", "1.8.0 (1*kWh)\r\n2.8.0 (2*kWh)\r\n!\r\n",
          "\r\n 1.8.0\t(1*kWh) 2.8.0(2*kWh) !\r\n"}) {
        const auto sets = iec62056::data_sets(text);
        ASSERT_TRUE(sets.has_value()) << text;
        ASSERT_EQ(sets->size(), 2U);
        EXPECT_EQ((*sets)[0].id, "1.8.0");
        EXPECT_EQ((*sets)[1].id, "2.8.0");
        EXPECT_EQ((*sets)[1].groups.at(0).value, "2");
        EXPECT_EQ((*sets)[1].groups.at(0).unit, "kWh");
    }
}

TEST(IecDataSets, HaveAnyNumberOfGroupsAndNeedNoId) {
    const auto sets = iec62056::data_sets("(7)\r\n1.6*1(1,5*kW) (2)(*h)()!");
    ASSERT_TRUE(sets.has_value());
    ASSERT_EQ(sets->size(), 2U);
    EXPECT_EQ((*sets)[0].id, "");
    EXPECT_EQ((*sets)[1].id, "1.6*1");
    EXPECT_THAT((*sets)[1].groups, SizeIs(4));
    EXPECT_EQ((*sets)[1].groups[2].unit, "h");
}

TEST(IecDataSets, WhatIsNoneIsRefused) {
    for (const std::string& text :
         {std::string("!"), std::string(""), std::string("1.8.0(1)"), std::string("1.8.0!"),
          std::string("1.8.0(1!"), std::string("1.8.0(1(2))!"), std::string("1.8.0(1/2)!"),
          std::string("1.8.0(1)!2.8.0(2)"), std::string(17, '1') + "(1)!",
          "1(" + std::string(129, '1') + ")!", "1(1*" + std::string(17, 'k') + ")!",
          std::string("1\x01(1)!")})
        EXPECT_FALSE(iec62056::data_sets(text).has_value()) << text;
    EXPECT_TRUE(iec62056::data_sets("1(" + std::string(128, '1') + ")!").has_value());
}

TEST(IecDataSets, TheRefusalNamesTheSetAtFault) {
    struct Row {
        std::string text;
        std::size_t at;
        std::string set;
    };
    const Row rows[] = {
        {"0.0.0(1)\r\n6.33(1/2)\r\n1.8.0(2)\r\n!\r\n", 10, "6.33(1/2)"},
        {"0.0.0(1)\r\nhello\r\n!\r\n", 10, "hello"},
        {"0.0.0(1)!\r\n1.8.0(2)", 11, "1.8.0(2)"},
        {"0.0.0(1)\r\n", 10, ""}, // no "!"
        {"1(" + std::string(129, '7') + ")!", 0, "1(" + std::string(38, '7')},
    };
    for (const Row& row : rows) {
        const auto sets = iec62056::data_sets(row.text);
        ASSERT_FALSE(sets.has_value()) << row.text;
        EXPECT_EQ(sets.error().at, row.at) << row.text;
        EXPECT_EQ(sets.error().text, row.set);
    }
    const std::string block = samples::block("0.0.0(1)\r\nhello\r\n!\r\n");
    EXPECT_THAT(decode("/LGZ5x\r\n" + block).refusals, ElementsAre("bad_data_set@19"));
}

TEST(IecDataSets, KamstrupsOwnCodesMeanHeat) {
    polled::Readout readout;
    take(*iec62056::data_sets("0.0(00000067890123)6.8(00012.345*MWh)(0044.44*GJ)"
                              "6.26(01234,56*m3)6.31(0012345*h)6.99(0007)!"),
         readout);
    std::vector<std::string> told;
    for (const auto& reading : readout.list.readings) {
        std::string value;
        if (const auto* number = std::get_if<han::Decimal>(&reading.value))
            append(value, *number);
        else
            value = std::get<std::string_view>(reading.value);
        told.push_back(name(reading) + " " + value + " " + std::string(unit_text(reading)));
    }
    EXPECT_EQ(readout.list.meter_id, "00000067890123");
    EXPECT_THAT(told, ElementsAre("meter_number 00000067890123 ", "heat_energy 12345000 Wh",
                                  "heat_energy_2 44440000000 J", "volume 1234.56 m³",
                                  "operating_hours 12345 h", "6.99 0007 "));
}

std::vector<std::string> told_of(polled::Readout& readout, const char* text) {
    take(*iec62056::data_sets(text), readout);
    std::vector<std::string> told;
    for (const auto& reading : readout.list.readings) {
        std::string value;
        if (const auto* const number = std::get_if<han::Decimal>(&reading.value))
            append(value, *number);
        else if (const auto* const kept = std::get_if<std::string_view>(&reading.value))
            value = "'" + std::string(*kept) + "'";
        else
            value = "a time";
        told.push_back(name(reading) + " " + value + " " + std::string(unit_text(reading)));
    }
    return told;
}

// Landis+Gyr's form: medium and channel 1-1 in front of each code, preceding values *01 to *99 behind it.
TEST(IecDataSets, CodesWithAMediumMeanTheSame) {
    polled::Readout readout;
    EXPECT_THAT(
        told_of(readout, "1-1:F.F(00000000)\r\n1-1:0.0.0(50871031)\r\n1-1:0.1.2(0000)\r\n"
                         "1-1:0.1.0(18)\r\n1-1:1.2.1(0451.17*kW)\r\n"
                         "1-1:1.6.1(27.19*kW)(1702090945)\r\n1-1:1.6.1*18(28.74)(1701121445)\r\n"
                         "1-1:1.8.0(00051206*kWh)\r\n1-1:1.8.0*18(00049555)\r\n!\r\n"),
        ElementsAre("error_code '00000000' ", "meter_number '50871031' ", "1-1:0.1.2 '0000' ",
                    "reset_count 18 ", "active_power_import_max_sum_t1 451170 W",
                    "active_power_import_max_t1 27190 W", "active_power_import_max_t1_time a time ",
                    "1-1:1.6.1*18 28.74 ", "1-1:1.6.1*18 a time ",
                    "active_energy_import 51206000 Wh", "1-1:1.8.0*18 '00049555' "));
    EXPECT_EQ(readout.list.meter_id, "50871031");
}

// As in the manual of a Logarex LK13BE.
TEST(IecDataSets, CodesWithAllSixPartsMeanTheSame) {
    polled::Readout readout;
    EXPECT_THAT(told_of(readout, "1-0:96.1.0*255(001LOG0064800017)\r\n"
                                 "1-0:1.8.0*255(000000.4392*kWh)\r\n1-0:16.7.0*255(000131*W)\r\n"
                                 "1-0:72.7.0*255(229.9*V)\r\n1-0:1.8.0*96(00019.3*kWh)\r\n!\r\n"),
                ElementsAre("meter_number '001LOG0064800017' ", "active_energy_import 439.2 Wh",
                            "active_power 131 W", "voltage_l3 229.9 V", "1-0:1.8.0*96 19300 Wh"));
    EXPECT_EQ(readout.list.meter_id, "001LOG0064800017");
}

TEST(IecDataSets, BlanksInBracketsSayNothing) {
    polled::Readout readout;
    EXPECT_THAT(
        told_of(readout, "0.0(          120858)0.0.0( 20000)56.7.0( 001.67*kW)!"),
        ElementsAre("meter_number '120858' ", "meter_number '20000' ", "active_power_l2 1670 W"));
    EXPECT_EQ(readout.list.meter_id, "120858");
}

TEST(IecDataSets, TimeStampsAreNoNumbers) {
    polled::Readout readout;
    EXPECT_THAT(
        told_of(readout, "0.1.2*62(2608010000)P.01(1170214154500)1.6.0(1.5*kW)(2608010000)"
                         "1.6.0(1.5*kW)(0000000000)1.8.0(1234567890*kWh)1.8.0(1234567890)!"),
        ElementsAre("0.1.2*62 '2608010000' ", "P.01 '1170214154500' ",
                    "active_power_import_max 1500 W", "active_power_import_max_time a time ",
                    "active_power_import_max 1500 W", "active_power_import_max_2 '0000000000' ",
                    "active_energy_import 1234567890000 Wh", "active_energy_import 1234567890 "));
}

TEST(IecDataSets, DateAndTimeOfTheMeterAreNoNumbers) {
    struct Row {
        const char* text;
        const char* time; ///< "" for none
    };
    const Row rows[] = {
        {"0.9.1(142530)0.9.2(260815)!", "2026-08-15T14:25:30"},
        {"1-1:0.9.2*255(2026-08-15)1-1:0.9.1*255(14:25:30)!", "2026-08-15T14:25:30"},
        {"0.9.2(26-08-15)0.9.1(000130)!", "2026-08-15T00:01:30"},
        {"0.9.2(20260815)0.9.1(1142530)!", "2026-08-15T14:25:30"},
        {"0.9.2(1260815)0.9.1(142530)!", "2026-08-15T14:25:30"},
        {"1.0.0(260816000000)0.9.1(142530)0.9.2(260815)!", "2026-08-16T00:00:00"},
        {"0.9.1(142530)!", ""},
        {"0.9.1(142530)0.9.2(15.08.26)!", ""},
        {"0.9.1(142530)0.9.2(261315)!", ""},
        {"0.9.1(1425)0.9.2(260815)!", ""},
    };
    for (const Row& row : rows) {
        polled::Readout readout;
        for (const std::string& value : told_of(readout, row.text))
            EXPECT_TRUE(value.starts_with("time '") || value.starts_with("date '") ||
                        value == "clock a time ")
                << row.text << ": " << value;
        std::string time;
        if (readout.list.meter_time)
            append_iso8601(time, *readout.list.meter_time, true);
        EXPECT_EQ(time, row.time) << row.text;
    }
}

TEST(IecDataSets, AUnitMayHaveAStroke) {
    const auto told = decode(samples::block("6.33(000.840*m3/h)\r\n!\r\n"));
    ASSERT_THAT(told.refusals, IsEmpty());
    ASSERT_THAT(told.lines, SizeIs(1));
    EXPECT_THAT(told.lines[0], HasSubstr(R"("value":0.840,"unit":"m³/h")"));
}

TEST(IecNumber, IsExact) {
    const std::pair<const char*, const char*> rows[] = {
        {"000123.4", "123.4"}, {"0,50", "0.50"}, {"-12.5", "-12.5"}, {"+7", "7"}, {"-0", "0"}};
    for (const auto& [text, expected] : rows) {
        std::string told;
        append(told, *iec62056::number(text));
        EXPECT_EQ(told, expected);
    }
    for (const char* const text :
         {"", "-", ".", ".5", "1.2.3", "1e3", "0x1", "1 ", "12345678901234567890"})
        EXPECT_FALSE(iec62056::number(text).has_value()) << text;
}

// The block is intact, so the optical head is not at fault.
TEST(IecDataSets, OneThatIsNoneIsTheReasonOfAFailedReadout) {
    std::vector<std::string> refused;
    iec62056::Session session(
        {}, [&](iec62056::Error error) { refused.emplace_back(reason(error).key); });
    support::SessionBench line(session);
    while (!line.next_sent().empty()) {
        line.hear(ascii("/LGZ x\r\n"));
        (void)line.run();
        line.hear(ascii(samples::block("0.0.0(1)\r\n6.33(1/2)\r\n!\r\n")));
        (void)line.run();
    }
    EXPECT_TRUE(line.has_ended());
    EXPECT_THAT(line.failure(), HasSubstr("bad_data_set"));
    EXPECT_THAT(refused, ElementsAre("bad_data_set", "bad_data_set", "bad_data_set"));
    const auto end = std::get<polled::End>(session.next({}));
    EXPECT_THAT(end.text, HasSubstr("\"6.33(1/2)\""));
}

} // namespace
