// Who is recognised by what, what is refused, scales and kinds. (The lists themselves:
// test/corpus.)
#include "han/list/manufacturers.hpp"
#include "han/text/json_line.hpp"
#include "support/hex.hpp"

#include <gtest/gtest.h>

namespace {

using han::list::CosemValues;
using han::list::KnownMeters;
using han::list::List;
using support::hex;
using support::join;
using support::Octets;

Octets visible(std::string_view text) {
    return join(Octets{0x0A, static_cast<std::uint8_t>(text.size())}, support::ascii(text));
}
Octets octet_text(std::string_view text) {
    return join(Octets{0x09, static_cast<std::uint8_t>(text.size())}, support::ascii(text));
}
Octets structure(std::uint8_t count, const Octets& elements) {
    return join(Octets{0x02, count}, elements);
}
Octets array(std::uint8_t count, const Octets& elements) {
    return join(Octets{0x01, count}, elements);
}

const Octets p_import = hex("0906 0101010700FF 06 000005BC");
const Octets p_export = hex("0906 0101020700FF 06 00000000");
const Octets current = hex("0906 01011F0700FF 06 00000234");
const Octets voltage = hex("0906 0101200700FF 12 00E8");
const Octets energy = hex("0906 0101010800FF 06 000684EC");
const Octets unknown = hex("0906 0100630100FF 06 00000007");
const Octets factor = hex("0906 01010D0700FF 12 0063");
const Octets type = join(hex("0906 0101600101FF"), visible("6841121BN243101040"));
const Octets swedish_type = join(hex("0906 0101600101FF"), visible("6841131BN245101092"));
const Octets u32 = hex("06 00000525");
const Octets scaled = hex("0203 0906 0100010700FF 06 000006A0 0202 0F00 161B");

struct Row {
    const char* name;
    Octets body;
    const char* manufacturer; ///< or the key of the refusal, then no kind
    const char* kind;         ///< power, live, hourly
    const char* values;       ///< as JSON, blanks between them
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

const Row rows[] = {
    // Kamstrup: by the id in front; scales 0.01 A, 1 V, 10 Wh.
    {"Kamstrup",
     structure(11, join(visible("Kamstrup_V0001"), type, p_import, current, voltage, energy)),
     "Kamstrup", "hourly", "1468 5.64 232 4272440"},
    {"KamstrupWithOtherVersion",
     structure(7, join(visible("Kamstrup_V0002"), type, p_import, current)), "Kamstrup", "live",
     "1468 5.64"},
    {"KamstrupSwedenIn1Wh", structure(5, join(visible("Kamstrup_V0001"), swedish_type, energy)),
     "Kamstrup", "hourly", "427244"},
    // Norway's scale or Sweden's is not known then.
    {"KamstrupWithoutType", structure(3, join(visible("Kamstrup_V0001"), energy)), "unknown_layout",
     "", ""},
    {"KamstrupWithoutTypeAndEnergy", structure(3, join(visible("Kamstrup_V0001"), current)),
     "Kamstrup", "live", "5.64"},
    {"KamstrupWithHalfAType",
     structure(5, join(visible("Kamstrup_V0001"), hex("0906 0101600101FF"), visible("6841131BN"),
                       energy)),
     "unknown_layout", "", ""},
    {"KamstrupWithAContainerAsType",
     structure(5, join(visible("Kamstrup_V0001"), hex("0906 0101600101FF 0200"), energy)),
     "unknown_layout", "", ""},
    {"KamstrupWithAContainerAsListId", structure(5, join(hex("0201 1101"), type, energy)),
     "unknown_list", "", ""},
    {"KamstrupDenmark", structure(5, join(visible("DLMS push 1"), factor, energy)), "Kamstrup",
     "hourly", "0.99 4272440"},
    {"KamstrupKeepsUnknownCodesRaw",
     structure(7, join(visible("Kamstrup_V0001"), type, current, unknown)), "Kamstrup", "live",
     "5.64 7"},
    {"KamstrupWithoutValues", structure(3, join(visible("Kamstrup_V0001"), type)), "no_values", "",
     ""},
    // Kaifa: one u32 alone, or positions under KFM_; scales 0.001 A, 0.1 V, 1 Wh.
    {"KaifaPower", structure(1, u32), "Kaifa", "power", "1317"},
    {"KaifaLive1Phase",
     structure(9, join(octet_text("KFM_001"), octet_text("6970631400000123"),
                       octet_text("MA105H2E"), u32, u32, u32, u32, u32, u32)),
     "Kaifa", "live", "1317 1317 1317 1317 1.317 131.7"},
    {"KaifaLive1PhaseOf3PhaseType",
     structure(9, join(octet_text("KFM_001"), octet_text("6970631400000123"),
                       octet_text("MA304H3E"), u32, u32, u32, u32, u32, u32)),
     "unknown_layout", "", ""},
    {"KaifaHourly1PhaseWithoutItsClock",
     structure(13, join(octet_text("KFM_001"), octet_text("6970631400000123"),
                        octet_text("MA105H2E"), u32, u32, u32, u32, u32, u32, u32, u32, u32, u32)),
     "unknown_layout", "", ""},
    {"KaifaOfEightElements",
     structure(8, join(octet_text("KFM_001"), u32, u32, u32, u32, u32, u32, u32)), "unknown_layout",
     "", ""},
    {"KaifaOfSeventeenElements",
     structure(17, join(octet_text("KFM_001"), u32, u32, u32, u32, u32, u32, u32, u32, u32, u32,
                        u32, u32, u32, u32, u32, u32)),
     "unknown_layout", "", ""},
    {"KaifaSweden", structure(4, join(hex("0906 0100000281FF"), octet_text("KFM_001"), energy)),
     "Kaifa", "hourly", "427244"},
    // Aidon and Landis+Gyr: by the list id in an array; Aidon's power list by its form.
    {"AidonPower", array(1, scaled), "Aidon", "power", "1696"},
    {"AidonLive", array(2, join(hex("0202 0906 0101000281FF"), visible("AIDON_V0001"), scaled)),
     "Aidon", "power", "1696"},
    {"LandisGyr", array(2, join(hex("0202 0906 0101000281FF"), visible("EMBRIQ_V1_1"), scaled)),
     "Landis+Gyr", "power", "1696"},
    {"AidonWithoutScalerUnit",
     array(2, join(hex("0202 0906 0101000281FF"), visible("AIDON_V0001"),
                   hex("0202 0906 0100010800FF 06 000006A0"))),
     "unknown_layout", "", ""},
    {"AidonWithNullForANumber",
     array(3, join(hex("0202 0906 0101000281FF"), visible("AIDON_V0001"), scaled,
                   hex("0202 0906 0100010800FF 00"))),
     "Aidon", "hourly", "1696 null"},
    // Unknown manufacturer: values with a code are kept, numbers without scaler_unit as sent.
    {"ForeignPairs", structure(5, join(visible("OTHER"), p_import, current)), "", "live",
     "1468 564"},
    {"ForeignArrayOfOne", array(1, hex("0202 0906 0100010700FF 06 000006A0")), "", "power", "1696"},
    {"ForeignPowerOnly", structure(4, join(p_import, p_export)), "", "power", "1468 0"},
    {"ForeignWithAListIdThatIsNoText", structure(4, join(hex("0906 0100000281FF 00"), p_import)),
     "unknown_list", "", ""},
    {"ForeignWithAContainerInFront", structure(3, join(hex("0200"), p_import)), "unknown_list", "",
     ""},
    // Like a push object definition before its values: class, code, attribute, index.
    {"ForeignPushObjects",
     structure(2, join(hex("0101 0204 12 0003 0906 0100010800FF 0F 02 12 0000"), u32)),
     "unknown_list", "", ""},
    {"ForeignWithoutCodes", structure(2, join(u32, u32)), "unknown_list", "", ""},
    {"OneNumberOfAnotherType", structure(1, hex("12 0525")), "unknown_list", "", ""},
    {"OneTextAlone", structure(1, visible("hello")), "unknown_list", "", ""},
    {"EmptyStructure", hex("0200"), "unknown_list", "", ""},
    {"EmptyArray", hex("0100"), "unknown_list", "", ""},
    {"NoContainer", u32, "unknown_list", "", ""},
    {"NamesOnly", structure(2, join(hex("0906 0000600100FF"), visible("123"))), "no_values", "",
     ""},
};

class ManufacturerRows : public testing::TestWithParam<Row> {};

TEST_P(ManufacturerRows, AreRecognisedAndScaled) {
    const Row& row = GetParam();
    CosemValues items;
    const auto flat = flatten(row.body, items);
    ASSERT_TRUE(flat) << reason(flat.error()).key;
    List list;
    KnownMeters known;
    if (const auto done = read_list(items, list, known); !done) {
        EXPECT_EQ(reason(done.error()).key, row.manufacturer);
        return;
    }
    EXPECT_EQ(list.manufacturer, row.manufacturer);
    EXPECT_EQ(text(list.kind), row.kind);
    std::string values;
    for (const auto& reading : list.readings) {
        values += values.empty() ? "" : " ";
        han::text::append_json(values, reading.value, true);
    }
    EXPECT_EQ(values, row.values);
}

INSTANTIATE_TEST_SUITE_P(List, ManufacturerRows, testing::ValuesIn(rows),
                         [](const auto& row) { return row.param.name; });

// The lists of a stream one after the other, distinguished by manufacturer.
std::vector<std::string> manufacturers_of(std::initializer_list<Octets> bodies) {
    List list;
    KnownMeters known;
    std::vector<std::string> manufacturers;
    for (const Octets& body : bodies) {
        CosemValues items;
        EXPECT_TRUE(flatten(body, items));
        EXPECT_TRUE(read_list(items, list, known));
        manufacturers.emplace_back(list.manufacturer);
    }
    return manufacturers;
}

TEST(ListTest, APowerListIsOfTheManufacturerWhoseMeterWasNamedBefore) {
    using Names = std::vector<std::string>;
    const Octets kaifa = structure(1, u32);
    const Octets aidon = array(1, scaled);
    const Octets id = hex("0202 0906 0000600100FF 0A03 313233");
    const Octets volts = hex("0203 0906 0100200700FF 12 00E8 0202 0F00 1623");
    const Octets list_id = hex("0202 0906 0101000281FF");
    const Octets landis = array(3, join(list_id, visible("EMBRIQ_V1_1"), id, volts));
    const Octets unnamed = array(2, join(list_id, visible("EMBRIQ_V1_1"), volts));
    const Octets foreign = array(2, join(id, volts));
    // No meter has been named yet: each list is recognised by its own form.
    EXPECT_EQ(manufacturers_of({aidon, kaifa, aidon}), (Names{"Aidon", "Kaifa", "Aidon"}));
    EXPECT_EQ(manufacturers_of({unnamed, aidon, kaifa}), (Names{"Landis+Gyr", "Aidon", "Kaifa"}));
    // Landis+Gyr's power lists have Aidon's form, and so may those of others.
    EXPECT_EQ(manufacturers_of({aidon, landis, aidon, aidon}),
              (Names{"Aidon", "Landis+Gyr", "Landis+Gyr", "Landis+Gyr"}));
    EXPECT_EQ(manufacturers_of({foreign, aidon}), (Names{"", ""}));
    // Only Kaifa uses this form.
    EXPECT_EQ(manufacturers_of({foreign, aidon, kaifa}), (Names{"", "", "Kaifa"}));
    EXPECT_EQ(manufacturers_of({landis, kaifa, aidon}),
              (Names{"Landis+Gyr", "Kaifa", "Landis+Gyr"}));
}

TEST(ListTest, APowerListOfAnotherManufacturersFormGetsNoName) {
    const Octets named = array(2, join(hex("0202 0906 0000600100FF 0A03 313233"),
                                       hex("0203 0906 0100200700FF 12 00E8 0202 0F00 1623")));
    CosemValues items;
    List list;
    KnownMeters known;
    ASSERT_TRUE(flatten(named, items));
    ASSERT_TRUE(read_list(items, list, known));
    EXPECT_EQ(list.meter_id, "123");
    EXPECT_TRUE(list.names_meter);
    const Octets kaifa_power = structure(1, u32);
    ASSERT_TRUE(flatten(kaifa_power, items));
    ASSERT_TRUE(read_list(items, list, known));
    EXPECT_EQ(list.meter_id, "");
    EXPECT_FALSE(list.names_meter);
}

TEST(ListTest, ARefusedListNamesNobodysMeter) {
    const Octets names_only = array(1, hex("0202 0906 0000600100FF 0A03 313233"));
    CosemValues items;
    List list;
    KnownMeters known;
    ASSERT_TRUE(flatten(names_only, items));
    EXPECT_EQ(read_list(items, list, known).error(), han::list::Error::no_values);
    const Octets power = array(1, scaled);
    ASSERT_TRUE(flatten(power, items));
    ASSERT_TRUE(read_list(items, list, known));
    EXPECT_EQ(list.meter_id, "");
    EXPECT_EQ(list.manufacturer, "Aidon");
}

TEST(ListTest, TakesTheMeterTimeFromItsClockWhereTheMessageHasNone) {
    const Octets body =
        structure(4, join(hex("0906 0000010000FF 090C 07E60A0F060F080FFFFFC400"), p_import));
    CosemValues items;
    ASSERT_TRUE(flatten(body, items));
    List list;
    KnownMeters known;
    ASSERT_TRUE(read_list(items, list, known));
    std::string time;
    ASSERT_TRUE(list.meter_time);
    append_iso8601(time, *list.meter_time, list.deviation_usable);
    EXPECT_EQ(time, "2022-10-15T15:08:15+01:00");
    // The message's own time goes before it.
    List dated;
    dated.meter_time = han::dlms::DateTime(hex("07E4 01 02 FF FF FF FF FF 8000 FF"));
    ASSERT_TRUE(read_list(items, dated, known));
    EXPECT_EQ(dated.meter_time->year(), 2020);
}

} // namespace
