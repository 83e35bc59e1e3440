// How many values a body may have, and compact arrays that are made to take long.
#include "han/list/cosem_values.hpp"
#include "unit/han/list/flat_values.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace {

using han::list::CosemValues;
using support::append_count;
using support::flat;
using support::hex;
using support::join;
using support::Octets;

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
