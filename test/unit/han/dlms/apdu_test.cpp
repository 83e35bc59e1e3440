// LLC header and DataNotification: the forms of the date-time, and every wrong beginning.
#include "han/dlms/apdu.hpp"
#include "support/hex.hpp"

#include <gtest/gtest.h>

namespace {

using han::dlms::Error;
using han::dlms::parse_data_notification;
using han::dlms::strip_llc;
using support::hex;

TEST(LlcTest, IsTakenOffInBothDirections) {
    for (const char* llc : {"E6E700", "E6E600"}) {
        const auto octets = support::join(hex(llc), hex("0F01"));
        const auto apdu = strip_llc(octets);
        ASSERT_TRUE(apdu) << llc;
        EXPECT_EQ(support::to_hex(*apdu), "0F01");
    }
}

TEST(LlcTest, IsMissed) {
    EXPECT_EQ(strip_llc({}).error(), Error::no_information);
    for (const char* text : {"E6", "E6E7", "E6E700", "E6E800 0F", "E7E700 0F", "E6E701 0F",
                             "0F0000000000", "7EE6E700 0F"})
        EXPECT_EQ(strip_llc(hex(text)).error(), Error::no_llc) << text;
}

TEST(DataNotificationTest, ReadsEveryFormOfDateTime) {
    struct Row {
        const char* name;
        const char* octets;
        std::uint32_t invoke_id;
        const char* time; ///< its 12 octets, or empty
        const char* body;
    };
    const char* const time = "07E10A1405032B1EFF800000";
    const Row rows[] = {
        {"none (Aidon)", "0F 40000000 00 0102", 0x40000000, "", "0102"},
        {"per standard (Kamstrup)", "0F 00000000 0C 07E10A1405032B1EFF800000 0219", 0, time,
         "0219"},
        {"with a superfluous tag (older Kamstrup, Kaifa)",
         "0F 40000000 09 0C 07E10A1405032B1EFF800000 0201", 0x40000000, time, "0201"},
        {"tag and no octets", "0F 40000000 09 00 0201", 0x40000000, "", "0201"},
        {"no body", "0F 01020304 00", 0x01020304, "", ""},
    };
    for (const Row& row : rows) {
        const auto octets = hex(row.octets);
        const auto notification = parse_data_notification(octets);
        ASSERT_TRUE(notification) << row.name;
        EXPECT_EQ(notification->long_invoke_id_and_priority, row.invoke_id) << row.name;
        EXPECT_EQ(support::to_hex(notification->body), row.body) << row.name;
        EXPECT_EQ(support::to_hex(notification->date_time), row.time) << row.name;
    }
}

TEST(DataNotificationTest, RefusesEveryTruncationBeforeTheBody) {
    for (const char* text : {"0F 40000000 00", "0F 00000000 0C 07E10A1405032B1EFF800000",
                             "0F 00000000 09 0C 07E10A1405032B1EFF800000"}) {
        const auto octets = hex(text);
        ASSERT_TRUE(parse_data_notification(octets)) << text;
        for (std::size_t size = 0; size < octets.size(); ++size)
            EXPECT_EQ(parse_data_notification(std::span(octets).first(size)).error(),
                      Error::truncated)
                << text << ", " << size;
    }
}

TEST(DataNotificationTest, RefusesWhatIsNone) {
    struct Row {
        const char* name;
        const char* octets;
        Error error;
    };
    const Row rows[] = {
        {"get-response", "C4 01C100 0102 0304", Error::unknown_apdu},
        {"general-glo-ciphering, not opened", "DB 08 4B414D4500112233", Error::unknown_apdu},
        {"general-block-transfer", "E0 80 0001 0000 02 0F00", Error::block_transfer},
        {"date-time of 11", "0F 00000000 0B 07E10A1405032B1EFF8000", Error::bad_date_time},
        {"date-time of 13", "0F 00000000 0D 07E10A1405032B1EFF80000000", Error::bad_date_time},
        {"tag and 5 octets", "0F 00000000 09 05 07E10A1405", Error::bad_date_time},
        {"length in two octets", "0F 00000000 81 0C 07E10A1405032B1EFF800000",
         Error::bad_date_time},
        {"the body at once", "0F 00000000 02 19", Error::bad_date_time},
    };
    for (const Row& row : rows)
        EXPECT_EQ(parse_data_notification(hex(row.octets)).error(), row.error) << row.name;
}

} // namespace
