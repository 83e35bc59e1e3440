// Values and lists as JSON: every type of value, escapes, invalid text; and that a JSON parser
// reads what was meant.
#include "han/text/json_line.hpp"
#include "support/hex.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace {

using han::Decimal;
using han::cosem::Bits;
using han::cosem::Octets;
using han::cosem::Unit;
using han::cosem::Value;

std::string json(const Value& value, bool with_offset = true) {
    std::string text;
    han::text::append_json(text, value, with_offset);
    return text;
}

TEST(JsonLineTest, PrintsEveryTypeOfValue) {
    const auto octets = support::hex("00FF7E80");
    const auto bits = support::hex("B380");
    const auto time = han::dlms::DateTime(support::hex("07E60A0F060F080FFFFFC400"));
    EXPECT_EQ(json({}), "null");
    EXPECT_EQ(json(Decimal{.magnitude = 564, .exponent = -2}), "5.64");
    EXPECT_EQ(json(Decimal{.magnitude = 10, .negative = true, .exponent = -1}), "-1.0");
    EXPECT_EQ(json(true), "true");
    EXPECT_EQ(json(false), "false");
    EXPECT_EQ(json(Octets{octets}), R"("00FF7E80")");
    EXPECT_EQ(json(Octets{}), R"("")");
    EXPECT_EQ(json(Bits{bits.data(), 10}), R"("1011001110")");
    EXPECT_EQ(json(Bits{bits.data(), 0}), R"("")");
    EXPECT_EQ(json(time), R"("2022-10-15T15:08:15+01:00")");
    EXPECT_EQ(json(time, false), R"("2022-10-15T15:08:15")");
    EXPECT_EQ(json(han::dlms::DateTime{}), "null");
}

TEST(JsonLineTest, EscapesTexts) {
    struct Row {
        std::string text;
        const char* json;
    };
    const Row rows[] = {
        {"AIDON_V0001", R"("AIDON_V0001")"},
        {"", R"("")"},
        {R"(say "hi" \ bye)", R"("say \"hi\" \\ bye")"},
        {"M\xC3\xA5l", "\"M\xC3\xA5l\""},
        {std::string("a\0b", 3), R"("a\u0000b")"},
        {"\n\t\x1F", R"("\u000A\u0009\u001F")"},
        {"\xFF", "\"\xEF\xBF\xBD\""},
        {"a\xC3(", "\"a\xEF\xBF\xBD(\""},
        {"\xF0\x9F\x98\x80", "\"\xF0\x9F\x98\x80\""},
    };
    for (const Row& row : rows)
        EXPECT_EQ(json(std::string_view(row.text)), row.json);
}

TEST(JsonLineTest, AnyOctetsAsTextAreValidJson) {
    for (unsigned one = 0; one < 256; ++one)
        for (unsigned two = 0; two < 256; ++two) {
            const std::string text{'<', static_cast<char>(one), static_cast<char>(two), '>'};
            const std::string line = json(std::string_view(text));
            const auto parsed = nlohmann::json::parse(line, nullptr, false);
            ASSERT_TRUE(parsed.is_string()) << one << ", " << two;
            if (one < 0x80 && two < 0x80) {
                ASSERT_EQ(parsed.get<std::string>(), text);
            }
        }
}

TEST(JsonLineTest, PrintsAList) {
    han::list::List list;
    list.manufacturer = "Kamstrup";
    list.meter_id = "5706567000000123";
    list.list_id = "Kamstrup_V0001";
    list.kind = han::list::ListKind::hourly;
    list.meter_time = han::dlms::DateTime(support::hex("07E10A1405032B1EFF800000"));
    list.readings = {{.obis = {1, 1, 31, 7, 0},
                      .unit = Unit::ampere,
                      .value = Decimal{.magnitude = 560, .exponent = -2}},
                     {.obis = {1, 0, 99, 1, 2, 7}, .value = true}};
    std::string line = "> ";
    han::text::append_json(line, list);
    EXPECT_EQ(line,
              R"(> {"meter_id":"5706567000000123","meter_type":null,"manufacturer":"Kamstrup",)"
              R"("list_id":"Kamstrup_V0001","list":"hourly","meter_time":"2017-10-20T03:43:30",)"
              R"("values":[{"obis":"1-1:31.7.0","name":"current_l1","value":5.60,"unit":"A"},)"
              R"({"obis":"1-0:99.1.2*7","name":"1-0:99.1.2*7","value":true,"unit":null}]})");
}

TEST(JsonLineTest, PrintsAListThatSaysNothing) {
    std::string line;
    han::text::append_json(line, han::list::List{});
    EXPECT_EQ(line, R"({"meter_id":null,"meter_type":null,"manufacturer":null,"list_id":null,)"
                    R"("list":"live","meter_time":null,"values":[]})");
}

} // namespace
