// Bodies to flat rows of items: the manufacturers' forms, what is left over, depth, counts, and compact
// arrays that are made to take long.
#include "han/list/cosem_values.hpp"
#include "support/hex.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

namespace {

using han::dlms::Error;
using han::list::CosemValues;
using support::hex;
using support::join;
using support::Octets;

// "1-1:1.7.0=06:000005BC", "-=0A:4142", with " 10^-1 unit 33" where a scaler_unit was found; or the
// reason of a refusal.
std::vector<std::string> flat(std::span<const std::uint8_t> body) {
    CosemValues items;
    if (const auto done = flatten(body, items); !done)
        return {std::string(reason(done.error()).key)};
    std::vector<std::string> rows;
    for (const auto& item : items.rows()) {
        std::string text;
        if (item.code != nullptr)
            append(text, item.obis());
        else
            text = "-";
        const auto tag = static_cast<std::uint8_t>(item.value.tag);
        text.append("=").append(support::to_hex({&tag, 1}));
        text.append(":").append(support::to_hex(item.value.bytes()));
        if (item.has_scaler_unit)
            text.append(" 10^")
                .append(std::to_string(item.scaler))
                .append(" unit ")
                .append(std::to_string(static_cast<unsigned>(item.unit)));
        rows.push_back(text);
    }
    return rows;
}

struct Row {
    const char* name;
    const char* body;
    std::vector<std::string> rows;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

const Row rows[] = {
    {"KamstrupPairs",
     "02 05 0A 02 4142  0906 0101010700FF 06 000005BC  0906 0101200700FF 12 00E7",
     {"-=0A:4142", "1-1:1.7.0=06:000005BC", "1-1:32.7.0=12:00E7"}},
    {"NullsBetweenPairs",
     "02 07 00 0906 0101010700FF 06 000005BC 00 00  0906 0101200700FF 12 00E7",
     {"1-1:1.7.0=06:000005BC", "1-1:32.7.0=12:00E7"}},
    {"NullAsValue",
     "02 04 0906 0101010700FF 00 0906 0101200700FF 12 00E7",
     {"1-1:1.7.0=00:", "1-1:32.7.0=12:00E7"}},
    {"SixOctetsAsValue",
     "02 02 0906 0000600100FF 0906 313233343536",
     {"0-0:96.1.0=09:313233343536"}},
    {"KaifaPositions",
     "02 03 0907 4B464D5F303031 06 000005BC 06 00000000",
     {"-=09:4B464D5F303031", "-=06:000005BC", "-=06:00000000"}},
    {"AidonMembers",
     "01 03 0202 0906 0000600100FF 0A02 4142 0203 0906 01001F0700FF 10 FFF6 0202 0FFF 1621"
     " 0203 0906 0100010800FF 06 00000007 0202 0F01 161E",
     {"0-0:96.1.0=0A:4142", "1-0:31.7.0=10:FFF6 10^-1 unit 33",
      "1-0:1.8.0=06:00000007 10^1 unit 30"}},
    {"ScalerUnitInARowOfPairs",
     "02 05 0906 01001F0700FF 10 FFF6 0202 0FFF 1621 0906 0100200700FF 12 00E7",
     {"1-0:31.7.0=10:FFF6 10^-1 unit 33", "1-0:32.7.0=12:00E7"}},
    {"NoScalerUnitWithoutValueBefore",
     "02 02 12 00E7 0202 0FFF 1621",
     {"-=12:00E7", "-=0F:FF", "-=16:21"}},
    {"StructureOfTwoOthersIsNoScalerUnit",
     "02 03 0906 01001F0700FF 10 FFF6 0202 0FFF 1121",
     {"1-0:31.7.0=10:FFF6", "-=0F:FF", "-=11:21"}},
    {"ValuesInAContainerHaveNoCode",
     "02 02 0906 01001F0700FF 01 02 1101 1102",
     {"-=11:01", "-=11:02"}},
    {"CompactArrayOfPairs",
     "13 0202 09 12 12  06 0101200700FF 00E7  06 0101340700FF 00E8",
     {"1-1:32.7.0=12:00E7", "1-1:52.7.0=12:00E8"}},
    {"CompactArrayAsValue",
     "02 02 0906 0101200700FF 13 12 04 00E7 00E8",
     {"-=12:00E7", "-=12:00E8"}},
    {"CompactArrayOfMembersWithScalerUnit",
     "13 0203 09 12 0202 0F 16  16  06 01001F0700FF 002E FF 21  06 0100200700FF 0F16 FF 23",
     {"1-0:31.7.0=12:002E 10^-1 unit 33", "1-0:32.7.0=12:0F16 10^-1 unit 35"}},
    {"CompactArrayWhoseContentsLookLikeAScalerUnit",
     "13 0205 09 12 0202 1111 11 11  0D  06 01001F0700FF 002E 0F01 1621",
     {"1-0:31.7.0=12:002E", "-=11:0F", "-=11:01", "-=11:16", "-=11:21"}},
    {"CompactArrayWithAnEmptyArray", "13 0202 01 0000 12 11  02  0102", {"bad_length_form"}},
    {"EmptyStructure", "02 00", {}},
    {"SingleValue", "06 000005BC", {}},
    {"CodeWithoutValue", "02 01 0906 0101010700FF", {}},
    {"NothingAtAll", "", {"truncated"}},
    {"LeftOver", "02 01 1101 00", {"trailing_bytes"}},
    {"LeftOverBehindASingleValue", "11 01 00", {"trailing_bytes"}},
    {"ElementMissing", "02 02 1101", {"truncated"}},
    {"MoreElementsThanOctets", "02 03 1101", {"count_exceeds_rest"}},
    {"ElementCutOff", "02 02 1101 06 0000", {"truncated"}},
    {"UnknownTag", "02 02 1101 0E 00", {"unknown_tag"}},
    {"EightDeep", "0201 0201 0201 0201 0201 0201 0201 0201 1101", {"-=11:01"}},
    {"NineDeep", "0201 0201 0201 0201 0201 0201 0201 0201 0201 1101", {"too_deep"}},
    {"EmptyButNineDeep", "0201 0201 0201 0201 0201 0201 0201 0201 0200", {"too_deep"}},
    {"CompactArrayCutOff", "13 12 03 00E7 00", {"truncated"}},
    {"CompactArrayOfNothing", "13 00 01 00", {"count_exceeds_rest"}},
    {"CompactArrayOfEmptyStructures", "13 0200 01 00", {"count_exceeds_rest"}},
};

class CosemValuesRows : public testing::TestWithParam<Row> {};

TEST_P(CosemValuesRows, AreFlattened) {
    EXPECT_EQ(flat(hex(GetParam().body)), GetParam().rows);
}

TEST_P(CosemValuesRows, AreRefusedWhenCutOff) {
    auto body = hex(GetParam().body);
    if (GetParam().rows == std::vector<std::string>{"trailing_bytes"})
        body.pop_back();
    for (std::size_t size = 0; size < body.size(); ++size) {
        CosemValues items;
        EXPECT_FALSE(flatten(std::span(body).first(size), items)) << size << " octets";
    }
}

INSTANTIATE_TEST_SUITE_P(List, CosemValuesRows, testing::ValuesIn(rows),
                         [](const auto& row) { return row.param.name; });

// Pairs are read at one go, but no further than their container goes: a code that ends a nested
// structure takes no value from the parent.
const Row pairs_at_the_end[] = {
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

struct Form {
    const char* name;
    const char* body;
    bool is_coded;
};

constexpr Form forms[] = {
    {"pairs", "02 04 0906 0101010700FF 06 000005BC 0906 0101200700FF 12 00E7", true},
    {"an id and pairs", "02 03 0A02 4142 0906 0101010700FF 06 000005BC", true},
    {"pairs with null-data", "02 04 00 0906 0101010700FF 06 000005BC 00", true},
    {"pairs with a scaler_unit", "02 03 0906 01001F0700FF 10 FFF6 0202 0FFF 1621", true},
    {"members", "01 02 0202 0906 0101010700FF 1101 0203 0906 0101200700FF 1102 0202 0FFF 1621",
     true},
    {"members in a structure", "02 01 0202 0906 0101010700FF 1101", true},
    {"members in a compact array", "13 0202 09 12 09 06 0101200700FF 00E7", true},
    {"nothing", "02 00", true},
    {"values alone", "02 02 1101 1102", false},
    {"two values in front", "02 04 0A02 4142 1101 0906 0101010700FF 1101", false},
    {"a value more", "02 03 0906 0101010700FF 1101 1102", false},
    {"a code more", "02 03 0906 0101010700FF 1101 0906 0101020700FF", false},
    {"a code more in a member", "01 01 0203 0906 0101010700FF 1101 0906 0101020700FF", false},
    {"a container and pairs", "02 03 0200 0906 0101010700FF 1101", false},
    {"a container as value", "02 02 0906 0101010700FF 0201 1101", false},
    {"an empty container as value", "02 02 0906 0101010700FF 0200", false},
    {"a compact array as value", "02 02 0906 0101200700FF 13 12 02 00E7", false},
    {"members and null-data", "02 02 0202 0906 0101010700FF 1101 00", false},
    {"a container in a member", "01 01 0202 0906 0101010700FF 0201 1101", false},
    {"a scaler_unit in front of its value", "01 01 0202 0202 0FFF 1621 1101", false},
};

TEST(CosemValuesTest, AreCodedWhereEachValueHasItsOwnCode) {
    for (const Form& form : forms) {
        CosemValues items;
        ASSERT_TRUE(flatten(hex(form.body), items)) << form.name;
        EXPECT_EQ(items.is_coded, form.is_coded) << form.name;
    }
}

// Counts and lengths, in the shortest form or in a longer one.
void append_count(Octets& out, std::size_t count, bool in_long_form) {
    if (in_long_form || count > 0xFF)
        out = join(out, Octets{0x82, static_cast<std::uint8_t>(count >> 8U)});
    else if (count > 0x7F)
        out.push_back(0x81);
    out.push_back(static_cast<std::uint8_t>(count & 0xFFU));
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

TEST(CosemValuesTest, TakesAsManyValuesAsAllowedAndNoMore) {
    struct ManyValues {
        const char* name;
        const char* head; ///< of the body, up to its count
        std::size_t elements;
        const char* value; ///< these elements
        const char* first; ///< its row
        std::size_t more;  ///< elements that are no value
        const char* behind;
    };
    const ManyValues rows_of_many[] = {
        {"values", "02", 1, "1101", "-=11:01", 0, ""},
        {"values in an array", "01", 1, "1101", "-=11:01", 0, ""},
        {"pairs of 4 octets", "02", 2, "0906 0101010700FF 06 000005BC", "1-1:1.7.0=06:000005BC", 0,
         ""},
        {"pairs of 2 octets", "02", 2, "0906 0101200700FF 12 00E7", "1-1:32.7.0=12:00E7", 0, ""},
        {"pairs of texts", "02", 2, "0906 0101010700FF 0A02 4142", "1-1:1.7.0=0A:4142", 0, ""},
        {"pairs of 1 octet", "02", 2, "0906 0101010700FF 11 05", "1-1:1.7.0=11:05", 0, ""},
        {"pairs in an array", "01", 2, "0906 0101010700FF 06 000005BC", "1-1:1.7.0=06:000005BC", 0,
         ""},
        {"pairs and nulls", "02", 3, "00 0906 0101010700FF 06 000005BC", "1-1:1.7.0=06:000005BC", 0,
         ""},
        {"pairs with scaler_unit", "02", 3, "0906 0101010700FF 06 000005BC 0202 0F01 161B",
         "1-1:1.7.0=06:000005BC 10^1 unit 27", 0, ""},
        {"members", "01", 1, "0202 0906 0101010700FF 06 000005BC", "1-1:1.7.0=06:000005BC", 0, ""},
        {"members with scaler_unit", "01", 1, "0203 0906 0101010700FF 06 000005BC 0202 0F01 161B",
         "1-1:1.7.0=06:000005BC 10^1 unit 27", 0, ""},
        {"members that end in a code", "01", 1,
         "0203 0906 0101010700FF 06 000005BC 0906"
         " 0101200700FF",
         "1-1:1.7.0=06:000005BC", 0, ""},
        {"pairs, a code behind them", "02", 2, "0906 0101010700FF 06 000005BC",
         "1-1:1.7.0=06:000005BC", 1, "0906 0101200700FF"},
        {"pairs, nulls behind them", "02", 2, "0906 0101010700FF 06 000005BC",
         "1-1:1.7.0=06:000005BC", 2, "00 00"},
        {"compact array", nullptr, 1, "00E7", "-=12:00E7", 0, ""},
    };
    for (const ManyValues& form : rows_of_many) {
        const auto body = [&](std::size_t count) {
            Octets octets = hex(form.head == nullptr ? "13 12" : form.head);
            append_count(octets,
                         form.head == nullptr ? 2 * count : count * form.elements + form.more,
                         false);
            for (std::size_t i = 0; i < count; ++i)
                octets = join(octets, hex(form.value));
            return join(octets, hex(form.behind));
        };
        EXPECT_EQ(flat(body(CosemValues::most - 1)),
                  std::vector<std::string>(CosemValues::most - 1, form.first))
            << form.name;
        EXPECT_EQ(flat(body(CosemValues::most)),
                  std::vector<std::string>(CosemValues::most, form.first))
            << form.name;
        for (const std::size_t count :
             {CosemValues::most + 1, CosemValues::most + 2, 2 * CosemValues::most})
            EXPECT_EQ(flat(body(count)), std::vector<std::string>{"too_many_elements"})
                << form.name << ", " << count;
    }
    static_assert(CosemValues::most == 512);
}

TEST(CosemValuesTest, ArePushedAndCleared) {
    const auto code = hex("0101010700FF");
    const auto value = hex("E7");
    CosemValues items;
    EXPECT_TRUE(items.rows().empty());
    for (std::size_t i = 0; i < CosemValues::most; ++i) {
        ASSERT_FALSE(items.full()) << i;
        auto& item = items.push({.tag = han::dlms::DataType::unsigned_octet,
                                 .count = static_cast<std::uint32_t>(value.size()),
                                 .data = value.data()},
                                i % 2 == 0 ? code.data() : nullptr);
        ASSERT_EQ(&item, &items.rows()[i]);
        ASSERT_EQ(items.rows().size(), i + 1);
        EXPECT_EQ(item.value.tag, han::dlms::DataType::unsigned_octet);
        EXPECT_EQ(support::to_hex(item.value.bytes()), "E7");
        EXPECT_EQ(item.code, i % 2 == 0 ? code.data() : nullptr);
        EXPECT_TRUE(item.is_integer);
        EXPECT_EQ(item.number, 0xE7);
        EXPECT_FALSE(item.has_scaler_unit);
        item.has_scaler_unit = true;
    }
    EXPECT_TRUE(items.full());
    EXPECT_EQ(items.rows()[0].obis(), (han::cosem::Obis{1, 1, 1, 7, 0, 255}));
    items.clear();
    EXPECT_FALSE(items.full());
    EXPECT_TRUE(items.rows().empty());
    EXPECT_FALSE(items.push({}, nullptr).has_scaler_unit) << "nothing is left of the item before";
}

TEST(CosemValuesTest, ForgetsTheMessageBefore) {
    CosemValues items;
    ASSERT_TRUE(flatten(hex("02 02 0906 0101010700FF 06 000005BC"), items));
    EXPECT_EQ(items.container, han::dlms::DataType::structure);
    EXPECT_FALSE(flatten(hex("02 02 1101"), items));
    ASSERT_TRUE(flatten(hex("01 01 1101"), items));
    EXPECT_EQ(items.container, han::dlms::DataType::array);
    EXPECT_EQ(items.rows().size(), 1U);
}

// Descriptions of a few octets that announce billions of elements: each has to end at once.
TEST(CosemValuesTest, HostileCompactArraysEndQuickly) {
    const Octets contents(1500, 0x00);
    const auto sized = [&](const char* description) {
        return join(hex(description), hex("82 05DC"), contents);
    };
    struct Hostile {
        const char* name;
        Octets body;
    };
    const Hostile hostile[] = {
        {"65535 x 65535 nulls", sized("13 01FFFF 01FFFF 00")},
        {"65535^7 nulls", sized("13 01FFFF 01FFFF 01FFFF 01FFFF 01FFFF 01FFFF 01FFFF 00")},
        {"1500 x 1500 x 1500 nulls", sized("13 0105DC 0105DC 0105DC 00")},
        {"1500 x 1500 empty structures", sized("13 0105DC 0105DC 0200")},
        {"nulls and one octet, 1500 times",
         join(hex("13 0279"), Octets(120, 0x00), hex("11"), hex("82 05DC"), contents)},
        {"arrays of nulls and one octet", sized("13 0202 01 0002 0200 11")},
        {"structures of structures of nulls",
         sized("13 0202 0203 0202 00 00 0202 00 00 0202 00 00 11")},
        {"1500 x array of empty octet-strings", sized("13 010001 09")},
    };
    for (const Hostile& row : hostile) {
        const auto begin = std::chrono::steady_clock::now();
        const auto told = flat(row.body);
        const auto took = std::chrono::steady_clock::now() - begin;
        EXPECT_LT(took, std::chrono::seconds(1)) << row.name;
        ASSERT_EQ(told.size(), 1U) << row.name;
        EXPECT_TRUE(told[0] == "count_exceeds_rest" || told[0] == "too_many_elements")
            << row.name << ": " << told[0];
    }
}

} // namespace
