// Pairs of code and value: read at one go, they are what they are one by one, and go no further than
// their container.
#include "unit/han/list/flat_values.hpp"

#include <gtest/gtest.h>

#include <random>

namespace {

using support::append_count;
using support::CosemValuesRows;
using support::flat;
using support::FlatRow;
using support::hex;
using support::join;
using support::Octets;

// Pairs are read at one go, but no further than their container goes: a code that ends a nested
// structure takes no value from the parent.
const FlatRow pairs_at_the_end[] = {
    {"OneMoreCodeInTheBody",
     "02 03 0906 0101010700FF 06 000005BC 0906 0101200700FF",
     {"1-1:1.7.0=06:000005BC"}},
    {"CodeAlone", "02 02 02 01 0906 0101200700FF 06 00000007", {"-=06:00000007"}},
    {"CodeBehindAPair",
     "02 02 02 03 0906 0101010700FF 06 000005BC 0906 0101200700FF 06 00000007",
     {"1-1:1.7.0=06:000005BC", "-=06:00000007"}},
    {"CodeBehindTwoPairs",
     "02 02 02 05 0906 0101010700FF 06 000005BC 0906 0101020700FF 10 FFF6 0906 0101200700FF"
     " 12 00E7",
     {"1-1:1.7.0=06:000005BC", "1-1:2.7.0=10:FFF6", "-=12:00E7"}},
    {"CodeBehindAText",
     "02 02 02 03 0906 0101010700FF 0A02 4142 0906 0101200700FF 0A02 4344",
     {"1-1:1.7.0=0A:4142", "-=0A:4344"}},
    {"CodeBehindAPairOfAnotherType",
     "02 02 02 03 0906 0101010700FF 16 05 0906 0101200700FF 06 00000007",
     {"1-1:1.7.0=16:05", "-=06:00000007"}},
    {"CodeBehindNullAndAPair",
     "02 02 02 04 00 0906 0101010700FF 06 000005BC 0906 0101200700FF 06 00000007",
     {"1-1:1.7.0=06:000005BC", "-=06:00000007"}},
    {"NullBehindAPairIsPassedOver",
     "02 02 02 03 0906 0101010700FF 06 000005BC 00 06 00000007",
     {"1-1:1.7.0=06:000005BC", "-=06:00000007"}},
    {"TheParentGoesOnWithPairs",
     "02 05 02 03 0906 0101010700FF 06 000005BC 0906 0101200700FF"
     " 0906 0101340700FF 12 00E8 0906 0101480700FF 12 00E9",
     {"1-1:1.7.0=06:000005BC", "1-1:52.7.0=12:00E8", "1-1:72.7.0=12:00E9"}},
    {"TheParentEndsWithACodeToo",
     "02 02 02 03 0906 0101010700FF 06 000005BC 0906 0101200700FF 0906 0101340700FF",
     {"1-1:1.7.0=06:000005BC"}},
    {"TheParentGoesOnWithAStructure",
     "02 02 02 03 0906 0101010700FF 06 000005BC 0906 0101200700FF 02 01 06 00000007",
     {"1-1:1.7.0=06:000005BC", "-=06:00000007"}},
    {"TheParentGoesOnWithWhatLooksLikeAScalerUnit",
     "02 02 02 02 0906 0101010700FF 06 000005BC 0202 0FFF 1621",
     {"1-1:1.7.0=06:000005BC", "-=0F:FF", "-=16:21"}},
    {"TheSameBehindACode",
     "02 02 02 03 0906 0101010700FF 06 000005BC 0906 0101200700FF 0202 0FFF 1621",
     {"1-1:1.7.0=06:000005BC", "-=0F:FF", "-=16:21"}},
    {"TheStructureHasACode",
     "02 03 0906 01001F0700FF 02 03 0906 0101010700FF 06 000005BC 0906 0101200700FF"
     " 06 00000007",
     {"1-1:1.7.0=06:000005BC", "-=06:00000007"}},
    {"TheStructureHasACodeForItsFirstValue",
     "02 03 0906 01001F0700FF 02 04 11 01 0906 0101010700FF 06 000005BC 0906 0101200700FF"
     " 06 00000007",
     {"-=11:01", "1-1:1.7.0=06:000005BC", "-=06:00000007"}},
    {"MembersOfAnArray",
     "01 03 02 03 0906 0101010700FF 06 000005BC 0906 0101200700FF 02 01 06 00000007"
     " 02 02 0906 0101340700FF 12 00E8",
     {"1-1:1.7.0=06:000005BC", "-=06:00000007", "1-1:52.7.0=12:00E8"}},
    {"ArrayInAnArray",
     "01 02 01 03 0906 0101010700FF 06 000005BC 0906 0101200700FF 01 01 06 00000007",
     {"1-1:1.7.0=06:000005BC", "-=06:00000007"}},
    {"ThreeDeep",
     "02 02 02 02 02 03 0906 0101010700FF 06 000005BC 0906 0101200700FF 06 00000007"
     " 06 00000008",
     {"1-1:1.7.0=06:000005BC", "-=06:00000007", "-=06:00000008"}},
    {"CompactArrayOfOddStructures",
     "13 0203 09 12 09  10  06 0101200700FF 00E7 06 0101340700FF",
     {"1-1:32.7.0=12:00E7"}},
    {"CompactArrayOfTwoOddStructures",
     "13 0203 09 12 09  20  06 0101200700FF 00E7 06 0101340700FF"
     " 06 0101480700FF 00E8 06 0101340700FF",
     {"1-1:32.7.0=12:00E7", "1-1:72.7.0=12:00E8"}},
    {"ScalerUnitBehindTheLastPair",
     "02 02 02 03 0906 0101010700FF 06 000005BC 0202 0FFF 161B 06 00000007",
     {"1-1:1.7.0=06:000005BC 10^-1 unit 27", "-=06:00000007"}},
};

INSTANTIATE_TEST_SUITE_P(PairsAtTheEnd, CosemValuesRows, testing::ValuesIn(pairs_at_the_end),
                         [](const auto& row) { return row.param.name; });

TEST(CosemValuesTest, ACodeAtTheEndOfTheBodyTakesNoValueFromBehindIt) {
    EXPECT_EQ(flat(hex("02 03 0906 0101010700FF 06 000005BC 0906 0101200700FF 06 00000007")),
              std::vector<std::string>{"trailing_bytes"});
    EXPECT_EQ(flat(hex("02 01 0906 0101010700FF 06 000005BC")),
              std::vector<std::string>{"trailing_bytes"});
}

// The text is longer than what a pair is known to have behind its code before its length is read.
TEST(CosemValuesTest, ATextInAPairEndsInTheBody) {
    const auto whole =
        hex("02 02 0906 0101600101FF 0A14 3638343131333142 4E323435313031303932 00 00");
    EXPECT_EQ(flat(whole),
              std::vector<std::string>{"1-1:96.1.1=0A:36383431313331424E3234353130313039320000"});
    for (std::size_t size = 2 + 8; size < whole.size(); ++size) {
        const Octets body(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_EQ(flat(body), std::vector<std::string>{"truncated"}) << size;
    }
    for (const unsigned length : {0x15U, 0x7FU, 0x80U, 0x81U, 0xFFU}) {
        auto body = whole;
        body[2 + 8 + 1] = static_cast<std::uint8_t>(length);
        const auto told = flat(body);
        EXPECT_TRUE(told == std::vector<std::string>{"truncated"} ||
                    told == std::vector<std::string>{"bad_length_form"})
            << length;
    }
}

// Appends a random structure to both bodies. `plain` has its strings' lengths in the long form, in
// which no pair is read at one go.
void append_random(Octets& shortest, Octets& plain, std::mt19937& random, unsigned depth) {
    const auto both = [&](const Octets& octets) {
        shortest = join(shortest, octets);
        plain = join(plain, octets);
    };
    const auto string = [&](std::uint8_t tag, const Octets& octets) {
        both({tag});
        append_count(shortest, octets.size(), false);
        append_count(plain, octets.size(), true);
        both(octets);
    };
    const std::size_t count = random() % 8;
    both({static_cast<std::uint8_t>(random() % 8 == 0 ? 0x01 : 0x02)});
    both({static_cast<std::uint8_t>(count)});
    for (std::size_t i = 0; i < count; ++i) {
        const auto octet = static_cast<std::uint8_t>(random());
        switch (i % 2 == 0 && random() % 8 != 0 ? 0 : 1 + random() % 11) {
        case 0:
            string(0x09, {1, 1, octet, 7, 0, 0xFF});
            break;
        case 1:
        case 2:
        case 3:
            both({0x06, 0, 0, 1, octet});
            break;
        case 4:
            both({0x12, 0, octet});
            break;
        case 5:
            both({0x10, 0xFF, octet});
            break;
        case 6:
            string(0x0A, Octets(octet % 4 == 0 ? octet : octet % 16, 0x41));
            break;
        case 7:
            both({0x00});
            break;
        case 8:
            string(0x09, {0, 0, octet, 1, 0, 0xFF});
            break;
        case 9:
            both({0x02, 0x02, 0x0F, octet, 0x16, 0x1B});
            break;
        case 10:
            both({0x11, octet});
            break;
        default:
            if (depth > 0)
                append_random(shortest, plain, random, depth - 1);
            else
                both({0x00});
        }
    }
}

TEST(CosemValuesTest, PairsAtOneGoAreTheSameAsOneByOne) {
    std::mt19937 random(7);
    std::size_t values = 0;
    std::size_t scaled = 0;
    for (int times = 0; times < 100000; ++times) {
        Octets shortest;
        Octets plain;
        append_random(shortest, plain, random, 4);
        const auto rows_at_one_go = flat(shortest);
        ASSERT_EQ(rows_at_one_go, flat(plain)) << support::to_hex(shortest);
        for (const std::string& row : rows_at_one_go) {
            ASSERT_NE(row.find('='), std::string::npos) << row << support::to_hex(shortest);
            scaled += row.contains("10^") ? 1 : 0;
        }
        values += rows_at_one_go.size();
    }
    EXPECT_GT(values, 100000U);
    EXPECT_GT(scaled, 500U);
}

} // namespace
