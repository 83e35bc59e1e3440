// The envelope of general-glo-ciphering.
#include "han/dlms/ciphering.hpp"
#include "support/hex.hpp"

#include <gtest/gtest.h>

namespace {

using han::dlms::Error;
using han::dlms::parse_ciphered;
using support::hex;

struct Row {
    const char* name;
    const char* octets;
    unsigned security_control;
    const char* text;
    const char* tag;
};

const Row rows[] = {
    {"encrypted and authenticated (SC 30)",
     "DB 08 4B414D4500112233 13 30 00000102 AABB A0A1A2A3A4A5A6A7A8A9AAAB", 0x30, "AABB",
     "A0A1A2A3A4A5A6A7A8A9AAAB"},
    {"encrypted (SC 20)", "DB 08 4B414D4500112233 07 20 00000102 AABB", 0x20, "AABB", ""},
    {"authenticated (SC 10)", "DB 08 4B414D4500112233 13 10 00000102 AABB A0A1A2A3A4A5A6A7A8A9AAAB",
     0x10, "AABB", "A0A1A2A3A4A5A6A7A8A9AAAB"},
    {"broadcast key (SC 70)", "DB 08 4B414D4500112233 13 70 00000102 AABB A0A1A2A3A4A5A6A7A8A9AAAB",
     0x70, "AABB", "A0A1A2A3A4A5A6A7A8A9AAAB"},
    {"length in two octets", "DB 08 4B414D4500112233 8107 20 00000102 AABB", 0x20, "AABB", ""},
    {"length in three octets", "DB 08 4B414D4500112233 820007 20 00000102 AABB", 0x20, "AABB", ""},
    {"no text", "DB 08 4B414D4500112233 05 20 00000102", 0x20, "", ""},
};

TEST(CipheringTest, TakesTheEnvelopeApart) {
    for (const Row& row : rows) {
        const auto octets = hex(row.octets);
        const auto apdu = parse_ciphered(octets);
        ASSERT_TRUE(apdu) << row.name;
        EXPECT_EQ(support::to_hex(apdu->system_title), "4B414D4500112233") << row.name;
        EXPECT_EQ(apdu->security_control, row.security_control) << row.name;
        EXPECT_EQ(support::to_hex(apdu->invocation_counter), "00000102") << row.name;
        EXPECT_EQ(support::to_hex(apdu->text), row.text) << row.name;
        EXPECT_EQ(support::to_hex(apdu->tag), row.tag) << row.name;
        EXPECT_EQ(apdu->encrypted(), (row.security_control & 0x20U) != 0) << row.name;
        EXPECT_EQ(apdu->authenticated(), (row.security_control & 0x10U) != 0) << row.name;
    }
}

TEST(CipheringTest, RefusesEveryTruncationAndEveryOctetTooMany) {
    for (const Row& row : rows) {
        const auto octets = hex(row.octets);
        for (std::size_t size = 0; size < octets.size(); ++size)
            EXPECT_EQ(parse_ciphered(std::span(octets).first(size)).error(), Error::truncated)
                << row.name << ", " << size;
        EXPECT_EQ(parse_ciphered(support::join(octets, hex("00"))).error(), Error::trailing_bytes)
            << row.name;
    }
}

TEST(CipheringTest, RefusesWhatItCannotOpen) {
    struct Bad {
        const char* name;
        const char* octets;
        Error error;
    };
    const Bad bad[] = {
        {"system title of 7", "DB 07 4B414D45001122 07 20 00000102 AABB", Error::bad_length},
        {"no system title", "DB 00 07 20 00000102 AABB 000000", Error::bad_length},
        {"suite 1", "DB 08 4B414D4500112233 07 21 00000102 AABB", Error::unsupported_security},
        {"suite 15", "DB 08 4B414D4500112233 07 2F 00000102 AABB", Error::unsupported_security},
        {"compressed", "DB 08 4B414D4500112233 07 A0 00000102 AABB", Error::unsupported_security},
        {"length in no form", "DB 08 4B414D4500112233 80 20 00000102 AABB", Error::bad_length},
        {"shorter than its head", "DB 08 4B414D4500112233 04 20 000001", Error::truncated},
        {"shorter than its tag", "DB 08 4B414D4500112233 10 30 00000102 A0A1A2A3A4A5A6A7A8A9AA",
         Error::truncated},
        {"length of 2^32-1", "DB 08 4B414D4500112233 84FFFFFFFF 20 00000102", Error::truncated},
    };
    for (const Bad& row : bad)
        EXPECT_EQ(parse_ciphered(hex(row.octets)).error(), row.error) << row.name;
}

} // namespace
