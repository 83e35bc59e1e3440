// The header of a frame: addresses, length, segmentation bit, and every way it can be wrong.
#include "han/hdlc/frame.hpp"
#include "support/hex.hpp"

#include <gtest/gtest.h>

namespace {

using han::hdlc::Error;
using han::hdlc::is_type_3;
using han::hdlc::parse_header;

struct Good {
    const char* name;
    const char* octets;
    std::size_t length;
    std::size_t size;
    bool segmentation;
    bool has_information;
};

TEST(HeaderTest, ReadsEveryFormOfAddress) {
    const Good rows[] = {
        {"Kamstrup: 1 and 1", "A0E2 2B 21 13", 226, 5, false, true},
        {"Kaifa: 1 and 2, control 10", "A079 01 0201 10", 121, 6, false, true},
        {"Aidon: 1 and 2, length 579", "A243 41 0883 13", 579, 6, false, true},
        {"2 and 1", "A022 0241 21 13", 34, 6, false, true},
        {"4 and 1", "A022 02468A41 21 13", 34, 8, false, true},
        {"4 and 4", "A022 02468A41 00000003 13", 34, 11, false, true},
        {"any control", "A022 41 03 00", 34, 5, false, true},
        {"segmentation bit", "A822 41 03 13", 34, 5, true, true},
        {"longest", "A7FF 41 03 13", 2047, 5, false, true},
        {"longest, segmented", "AFFF 41 03 13", 2047, 5, true, true},
        {"no information", "A007 41 03 73", 7, 5, false, false},
        {"no information, long addresses", "A00D 02468A41 00000003 73", 13, 11, false, false},
        {"one octet of information", "A00A 41 03 13", 10, 5, false, true},
        {"octets behind the header", "A0E2 2B 21 13 239A E6E700", 226, 5, false, true},
    };
    for (const Good& row : rows) {
        const auto octets = support::hex(row.octets);
        const auto header = parse_header(octets);
        ASSERT_TRUE(header) << row.name;
        EXPECT_EQ(header->length, row.length) << row.name;
        EXPECT_EQ(header->size, row.size) << row.name;
        EXPECT_EQ(header->segmentation, row.segmentation) << row.name;
        EXPECT_EQ(header->has_information(), row.has_information) << row.name;
        // If any octet of it is missing, more octets are required.
        for (std::size_t size = 0; size < row.size; ++size)
            EXPECT_EQ(parse_header(std::span(octets).first(size)),
                      std::unexpected(Error::incomplete))
                << row.name << ", " << size << " octets";
    }
}

TEST(HeaderTest, RefusesWhatIsNoHeader) {
    struct Bad {
        const char* name;
        const char* octets;
        Error error;
    };
    const Bad rows[] = {
        {"destination of 3", "A022 020401 21 13", Error::bad_address},
        {"destination of 5", "A022 0204060801 21 13", Error::bad_address},
        {"source of 3", "A022 41 020401 13", Error::bad_address},
        {"address that never ends", "A022 41 00000000 00000000", Error::bad_address},
        {"length 0", "A000 41 03 13", Error::bad_length},
        {"shorter than header and FCS", "A006 41 03 13", Error::bad_length},
        {"room for no HCS beside the FCS", "A008 41 03 13", Error::bad_length},
        {"HCS and FCS, no information", "A009 41 03 13", Error::bad_length},
        {"shorter than long addresses", "A00C 02468A41 00000003 13", Error::bad_length},
    };
    for (const Bad& row : rows)
        EXPECT_EQ(parse_header(support::hex(row.octets)), std::unexpected(row.error)) << row.name;
}

TEST(HeaderTest, OnlyTheHighNibbleATellsType3) {
    for (unsigned octet = 0; octet < 256; ++octet)
        EXPECT_EQ(is_type_3(static_cast<std::uint8_t>(octet)), octet / 16 == 0xA) << octet;
}

} // namespace
