// Bodies to flat rows of items: the manufacturers' forms, what is left over, depth, counts.
#include "han/list/cosem_values.hpp"
#include "unit/han/list/flat_values.hpp"

#include <gtest/gtest.h>

namespace {

using han::list::CosemValues;
using support::CosemValuesRows;
using support::flat;
using support::FlatRow;
using support::hex;

const FlatRow rows[] = {
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

} // namespace
