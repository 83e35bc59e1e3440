// OBIS codes: their text, names and units, against the pattern that IEC 62056-61 numbers them by.
#include "han/cosem/obis.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace {

using han::cosem::Obis;
using han::cosem::QuantityKind;
using han::cosem::Unit;

TEST(ObisTest, EveryOctetIsReadToItsPlace) {
    const std::array<std::uint8_t, 6> octets{1, 2, 3, 4, 5, 6};
    EXPECT_EQ(Obis::read(octets.data()), (Obis{.a = 1, .b = 2, .c = 3, .d = 4, .e = 5, .f = 6}));
}

TEST(ObisTest, IsReadAndPrinted) {
    struct Row {
        std::array<std::uint8_t, 6> octets;
        const char* text;
    };
    const Row rows[] = {
        {{1, 1, 1, 7, 0, 255}, "1-1:1.7.0"},
        {{1, 0, 0, 2, 129, 255}, "1-0:0.2.129"},
        {{0, 1, 1, 0, 0, 255}, "0-1:1.0.0"},
        {{1, 0, 99, 1, 2, 7}, "1-0:99.1.2*7"},
        {{1, 0, 1, 8, 0, 0}, "1-0:1.8.0*0"},
        {{255, 255, 255, 255, 255, 254}, "255-255:255.255.255*254"},
    };
    for (const Row& row : rows) {
        std::string text = "> ";
        append(text, Obis::read(row.octets.data()));
        EXPECT_EQ(text, std::string("> ") + row.text);
    }
}

// The names of all quantities, made up by rule: C counts the quantities, + 20, 40, 60 the phases.
std::map<std::pair<int, int>, std::pair<std::string, std::string>> expected_quantities() {
    struct Base {
        int c;
        const char* power;
        const char* energy; ///< null where there is no register
        const char* unit;   ///< of the power; of the energy with an h
    };
    const Base bases[] = {
        {1, "active_power_import", "active_energy_import", "W"},
        {2, "active_power_export", "active_energy_export", "W"},
        {3, "reactive_power_import", "reactive_energy_import", "var"},
        {4, "reactive_power_export", "reactive_energy_export", "var"},
        {9, "apparent_power_import", "apparent_energy_import", "VA"},
        {10, "apparent_power_export", "apparent_energy_export", "VA"},
        {11, "current", nullptr, "A"},
        {12, "voltage", nullptr, "V"},
        {13, "power_factor", nullptr, ""},
    };
    std::map<std::pair<int, int>, std::pair<std::string, std::string>> all;
    for (const Base& base : bases)
        for (int phase = 0; phase <= 3; ++phase) {
            if (phase == 0 && (base.c == 11 || base.c == 12))
                continue; // not defined for all phases together
            const int c = base.c + 20 * phase;
            const std::string suffix = phase == 0 ? "" : "_l" + std::to_string(phase);
            all[{c, 7}] = {base.power + suffix, base.unit};
            if (base.energy != nullptr)
                all[{c, 8}] = {base.energy + suffix, std::string(base.unit) + "h"};
        }
    all[{14, 7}] = {"frequency", "Hz"};
    return all;
}

TEST(ObisTest, NamesEveryQuantityByTheRuleAndNothingElse) {
    const auto expected = expected_quantities();
    std::set<std::string> names;
    for (int c = 0; c < 256; ++c)
        for (int d = 0; d < 256; ++d) {
            const Obis code{1, 0, static_cast<std::uint8_t>(c), static_cast<std::uint8_t>(d), 0};
            const auto* const found = quantity(code);
            const auto row = expected.find({c, d});
            ASSERT_EQ(found != nullptr, row != expected.end()) << c << "." << d;
            const std::array<std::uint8_t, 6> octets{code.a, code.b, code.c,
                                                     code.d, code.e, code.f};
            ASSERT_EQ(han::cosem::quantity(octets.data()), found) << c << "." << d;
            if (found == nullptr) {
                EXPECT_EQ(name(code), "");
                continue;
            }
            EXPECT_EQ(found->name, row->second.first) << c << "." << d;
            EXPECT_EQ(name(code), row->second.first) << c << "." << d;
            EXPECT_EQ(text(found->unit), row->second.second) << found->name;
            EXPECT_TRUE(names.insert(std::string(found->name)).second) << found->name;
        }
}

TEST(ObisTest, ComparesMediumAndCdeOnly) {
    const Obis code{1, 1, 1, 7, 0, 3};
    EXPECT_TRUE(code.is(1, 1, 7, 0));
    EXPECT_FALSE(code.is(0, 1, 7, 0));
    EXPECT_FALSE(code.is(1, 2, 7, 0));
    EXPECT_FALSE(code.is(1, 1, 8, 0));
    EXPECT_FALSE(code.is(1, 1, 7, 1));
    EXPECT_EQ(name(Obis{1, 1, 1, 7, 0}), name(Obis{1, 0, 1, 7, 0}))
        << "channel: Kamstrup 1, others 0";
    EXPECT_EQ(name(Obis{0, 0, 1, 7, 0}), "") << "abstract medium";
    EXPECT_EQ(name(Obis{1, 0, 1, 8, 1}), "") << "tariff 1 is not the total";
    EXPECT_EQ(quantity(Obis{1, 1, 1, 7, 0, 3}), quantity(Obis{1, 0, 1, 7, 0}));
    EXPECT_EQ(quantity(Obis{0, 0, 1, 7, 0}), nullptr);
    EXPECT_EQ(quantity(Obis{1, 0, 1, 8, 1}), nullptr);
}

TEST(ObisTest, KnowsTheClock) {
    EXPECT_EQ(name(Obis{0, 0, 1, 0, 0}), "clock");
    EXPECT_EQ(name(Obis{0, 1, 1, 0, 0}), "clock");
    EXPECT_EQ(name(Obis{1, 0, 1, 0, 0}), "");
    EXPECT_FALSE(is_clock(Obis{0, 0, 1, 0, 1}));
}

TEST(UnitTest, HasTheNumbersAndTextsOfTheBlueBook) {
    const std::map<unsigned, std::string> rows{
        {4, "d"},   {5, "h"},    {6, "min"},   {15, "m³/h"}, {20, "kg"}, {24, "bar"}, {25, "J"},
        {52, "K"},  {7, "s"},    {9, "°C"},    {13, "m³"},   {27, "W"},  {28, "VA"},  {29, "var"},
        {30, "Wh"}, {31, "VAh"}, {32, "varh"}, {33, "A"},    {35, "V"},  {44, "Hz"},  {56, "%"},
    };
    for (unsigned number = 0; number < 256; ++number) {
        const auto row = rows.find(number);
        EXPECT_EQ(text(Unit{static_cast<std::uint8_t>(number)}),
                  row == rows.end() ? "" : row->second)
            << number;
    }
}

} // namespace
