// COSEM date-times to ISO 8601: unspecified fields, impossible dates, deviations.
#include "han/dlms/date_time.hpp"
#include "support/hex.hpp"

#include <gtest/gtest.h>

namespace {

using han::dlms::DateTime;
using support::hex;

std::string iso(const DateTime& time, bool with_offset = true) {
    std::string text = "at ";
    const bool appended = append_iso8601(text, time, with_offset);
    EXPECT_EQ(appended, text != "at ");
    return text.substr(3);
}

TEST(DateTimeTest, ReadsAllFields) {
    const auto time = DateTime(hex("07E1 0A 14 05 03 2B 1E 32 FFC4 80"));
    EXPECT_EQ(time.year(), 2017);
    EXPECT_EQ(time.month(), 10);
    EXPECT_EQ(time.day(), 20);
    EXPECT_EQ(time.weekday(), 5);
    EXPECT_EQ(time.hour(), 3);
    EXPECT_EQ(time.minute(), 43);
    EXPECT_EQ(time.second(), 30);
    EXPECT_EQ(time.hundredths(), 50);
    EXPECT_EQ(time.deviation(), -60);
    EXPECT_EQ(time.status(), DateTime::daylight_saving);
    EXPECT_EQ(time.utc_offset(), 60);
}

TEST(DateTimeTest, PrintsIso8601) {
    struct Row {
        const char* name;
        const char* octets;
        const char* text;
    };
    const Row rows[] = {
        {"Kamstrup, no deviation", "07E1 0A 14 05 03 2B 1E FF 8000 00", "2017-10-20T03:43:30"},
        {"Kaifa Sweden, CET", "07E6 0A 0F 06 0F 08 0F FF FFC4 00", "2022-10-15T15:08:15+01:00"},
        {"CEST", "07E6 06 0F 03 0F 08 0F FF FF88 80", "2022-06-15T15:08:15+02:00"},
        {"UTC", "07E6 06 0F 03 0F 08 0F FF 0000 00", "2022-06-15T15:08:15+00:00"},
        {"west of Greenwich", "07E6 06 0F 03 0F 08 0F FF 00D2 00", "2022-06-15T15:08:15-03:30"},
        {"largest deviation", "07E6 06 0F 03 0F 08 0F FF 02D0 00", "2022-06-15T15:08:15-12:00"},
        {"smallest deviation", "07E6 06 0F 03 0F 08 0F FF FD30 00", "2022-06-15T15:08:15+12:00"},
        {"deviation out of range", "07E6 06 0F 03 0F 08 0F FF 02D1 00", "2022-06-15T15:08:15"},
        {"the other way", "07E6 06 0F 03 0F 08 0F FF FD2F 00", "2022-06-15T15:08:15"},
        {"weekday 0, status FF", "07E6 0A 10 00 10 0E 0A FF 8000 FF", "2022-10-16T16:14:10"},
        {"no seconds", "07E6 0A 10 07 10 0E FF FF 8000 00", "2022-10-16T16:14"},
        {"no date", "FFFF FF FF FF 10 0E 0A FF 8000 00", "16:14:10"},
        {"no year", "FFFF 0A 10 07 10 0E 0A FF 8000 00", "16:14:10"},
        {"no time", "07E6 0A 10 07 FF FF FF FF 8000 00", "2022-10-16"},
        {"no time, but a deviation", "07E6 0A 10 07 FF FF FF FF FFC4 00", "2022-10-16"},
        {"nothing", "FFFF FF FF FF FF FF FF FF 8000 FF", ""},
        {"end of daylight saving", "07E6 FD FE 07 02 00 00 00 8000 00", "02:00:00"},
        {"last of the month", "07E6 0A FE FF 02 00 00 00 8000 00", "02:00:00"},
        {"leap day", "07E8 02 1D 04 00 00 00 00 8000 00", "2024-02-29T00:00:00"},
        {"no leap day", "07E7 02 1D 03 00 00 00 00 8000 00", "00:00:00"},
        {"month 0", "07E7 00 01 03 00 00 00 00 8000 00", "00:00:00"},
        {"month 13", "07E7 0D 01 03 00 00 00 00 8000 00", "00:00:00"},
        {"day 0", "07E7 01 00 03 00 00 00 00 8000 00", "00:00:00"},
        {"31 April", "07E7 04 1F 03 00 00 00 00 8000 00", "00:00:00"},
        {"year 10000", "2710 01 01 03 00 00 00 00 8000 00", "00:00:00"},
        {"year 1", "0001 01 01 03 00 00 00 00 8000 00", "0001-01-01T00:00:00"},
        {"hour 24", "07E7 01 01 03 18 00 00 00 8000 00", "2023-01-01"},
        {"minute 60", "07E7 01 01 03 00 3C 00 00 8000 00", "2023-01-01"},
        {"second 60", "07E7 01 01 03 00 00 3C 00 8000 00", "2023-01-01"},
        {"last second", "07E7 0C 1F 03 17 3B 3B 63 8000 00", "2023-12-31T23:59:59"},
    };
    for (const Row& row : rows)
        EXPECT_EQ(iso(DateTime(hex(row.octets))), row.text) << row.name;
}

TEST(DateTimeTest, LeavesTheOffsetOutWhereItIsNotToBeUsed) {
    const auto time = DateTime(hex("07E3 06 0C 03 12 00 00 FF 003C 00"));
    EXPECT_EQ(iso(time, false), "2019-06-12T18:00:00");
    EXPECT_EQ(iso(time, true), "2019-06-12T18:00:00-01:00");
}

TEST(DateTimeTest, ReadsDatesAndTimesAlone) {
    EXPECT_EQ(iso(DateTime::of_date(hex("07EA 08 05 03"))), "2026-08-05");
    EXPECT_EQ(iso(DateTime::of_time(hex("0E 14 1E 00"))), "14:20:30");
    EXPECT_FALSE(DateTime::of_date(hex("07EA 08 05 03")).utc_offset());
    EXPECT_FALSE(DateTime::of_date(hex("07EA 08 05 03")).has_time());
    EXPECT_FALSE(DateTime::of_time(hex("0E 14 1E 00")).has_date());
    // The fields that are not there are unspecified.
    EXPECT_EQ(DateTime::of_date(hex("07EA 08 05 03")),
              DateTime(hex("07EA 08 05 03 FF FF FF FF 8000 FF")));
    EXPECT_EQ(DateTime::of_time(hex("0E 14 1E 32")),
              DateTime(hex("FFFF FF FF FF 0E 14 1E 32 8000 FF")));
}

TEST(DateTimeTest, IsUnspecifiedAtFirst) {
    const DateTime time;
    EXPECT_EQ(time, DateTime(hex("FFFF FF FF FF FF FF FF FF 8000 FF")));
    EXPECT_EQ(time.year(), DateTime::no_year);
    EXPECT_EQ(time.deviation(), DateTime::no_deviation);
    for (const auto field : {time.month(), time.day(), time.weekday(), time.hour(), time.minute(),
                             time.second(), time.hundredths(), time.status()})
        EXPECT_EQ(field, DateTime::unspecified);
    EXPECT_FALSE(time.utc_offset());
    EXPECT_EQ(iso(time), "");
}

TEST(DateTimeTest, DiffersInEveryOctet) {
    const auto octets = hex("07E1 0A 14 05 03 2B 1E 32 FFC4 80");
    EXPECT_EQ(DateTime(octets), DateTime(octets));
    for (std::size_t at = 0; at < octets.size(); ++at) {
        auto other = octets;
        other[at] ^= 1;
        EXPECT_NE(DateTime(octets), DateTime(other)) << at;
    }
}

} // namespace
