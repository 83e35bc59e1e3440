// Bodies to flat rows of items: the makers' forms, what is left over, depth, counts, and compact
// arrays that are made to take long.
#include "han/list/items.hpp"
#include "support/hex.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace {

using han::dlms::Error;
using han::list::Items;
using support::hex;
using support::join;
using support::Octets;

// "1-1:1.7.0=06:000005BC", "-=0A:4142", with " 10^-1 unit 33" where a scaler_unit was found; or the
// reason of a refusal.
std::vector<std::string> flat(std::span<const std::uint8_t> body) {
    Items items;
    if (const auto done = flatten(body, items); !done)
        return {std::string(reason(done.error()).key)};
    std::vector<std::string> rows;
    for (const auto& item : items.rows) {
        std::string text;
        if (item.obis)
            append(text, *item.obis);
        else
            text = "-";
        const auto tag = static_cast<std::uint8_t>(item.value.tag);
        text.append("=").append(support::to_hex({&tag, 1}));
        text.append(":").append(support::to_hex(item.value.bytes));
        if (const auto& scale = item.scaler_unit)
            text.append(" 10^")
                .append(std::to_string(scale->scaler))
                .append(" unit ")
                .append(std::to_string(static_cast<unsigned>(scale->unit)));
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
    {"ValuesInAContainerHaveItsCode",
     "02 02 0906 01001F0700FF 01 02 1101 1102",
     {"1-0:31.7.0=11:01", "1-0:31.7.0=11:02"}},
    {"CompactArrayOfPairs",
     "13 0202 09 12 12  06 0101200700FF 00E7  06 0101340700FF 00E8",
     {"1-1:32.7.0=12:00E7", "1-1:52.7.0=12:00E8"}},
    {"CompactArrayAsValue",
     "02 02 0906 0101200700FF 13 12 04 00E7 00E8",
     {"1-1:32.7.0=12:00E7", "1-1:32.7.0=12:00E8"}},
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

class ItemsRows : public testing::TestWithParam<Row> {};

TEST_P(ItemsRows, AreFlattened) {
    EXPECT_EQ(flat(hex(GetParam().body)), GetParam().rows);
}

TEST_P(ItemsRows, AreRefusedWhenCutOff) {
    auto body = hex(GetParam().body);
    if (GetParam().rows == std::vector<std::string>{"trailing_bytes"})
        body.pop_back();
    for (std::size_t size = 0; size < body.size(); ++size) {
        Items items;
        EXPECT_FALSE(flatten(std::span(body).first(size), items)) << size << " octets";
    }
}

INSTANTIATE_TEST_SUITE_P(List, ItemsRows, testing::ValuesIn(rows),
                         [](const auto& row) { return row.param.name; });

TEST(ItemsTest, TakesAsManyValuesAsAllowedAndNoMore) {
    const auto body = [](std::size_t count) {
        Octets octets{0x02, 0x82, static_cast<std::uint8_t>(count >> 8U),
                      static_cast<std::uint8_t>(count & 0xFFU)};
        for (std::size_t i = 0; i < count; ++i)
            octets = join(octets, hex("1101"));
        return octets;
    };
    EXPECT_EQ(flat(body(Items::most)).size(), Items::most);
    EXPECT_EQ(flat(body(Items::most + 1)), std::vector<std::string>{"too_many_elements"});
}

TEST(ItemsTest, ForgetsTheMessageBefore) {
    Items items;
    ASSERT_TRUE(flatten(hex("02 02 0906 0101010700FF 06 000005BC"), items));
    EXPECT_EQ(items.container, han::dlms::Tag::structure);
    EXPECT_FALSE(flatten(hex("02 02 1101"), items));
    ASSERT_TRUE(flatten(hex("01 01 1101"), items));
    EXPECT_EQ(items.container, han::dlms::Tag::array);
    EXPECT_EQ(items.rows.size(), 1U);
}

// Descriptions of a few octets that announce billions of elements: each has to end at once.
TEST(ItemsTest, HostileCompactArraysEndQuickly) {
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
