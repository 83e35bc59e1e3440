// Lists whose elements mean something by their position: an element of another type, or a missing
// one, gives a refusal or null in its own place, and never moves another value.
#include "han/decoder.hpp"
#include "han/dlms/apdu.hpp"
#include "han/text/json_line.hpp"
#include "support/corpus.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>

namespace {

using support::CorpusFile;
using support::hex;
using support::join;
using support::Octets;

// Where the element at `at` ends; the corpus has no lengths of more than one octet.
std::size_t end_of(const Octets& body, std::size_t at) {
    switch (const std::uint8_t tag = body.at(at++)) {
    case 0x00:
        return at;
    case 0x01:
    case 0x02:
        for (int count = body.at(at++); count > 0; --count)
            at = end_of(body, at);
        return at;
    case 0x06:
        return at + 4;
    case 0x09:
    case 0x0A:
        return at + 1 + body.at(at);
    case 0x0F:
    case 0x16:
        return at + 1;
    case 0x10:
    case 0x12:
        return at + 2;
    default:
        throw std::invalid_argument("a tag that these lists do not have: " + std::to_string(tag));
    }
}

struct Body {
    std::uint8_t tag = 0;
    std::vector<Octets> elements;

    explicit Body(const Octets& octets) : tag(octets.at(0)) {
        std::size_t at = 2;
        for (int count = octets.at(1); count > 0; --count) {
            const std::size_t end = end_of(octets, at);
            elements.emplace_back(octets.begin() + static_cast<std::ptrdiff_t>(at),
                                  octets.begin() + static_cast<std::ptrdiff_t>(end));
            at = end;
        }
    }
    [[nodiscard]] Octets octets() const {
        Octets all{tag, static_cast<std::uint8_t>(elements.size())};
        for (const Octets& element : elements)
            all = join(all, element);
        return all;
    }
};

Body body_of(const CorpusFile& file) {
    han::hdlc::Deframer deframer;
    deframer.push(file.octets);
    const auto frame = deframer.next();
    const auto apdu = han::dlms::strip_llc((*frame)->information);
    const auto body = han::dlms::parse_data_notification(*apdu)->body;
    return Body(Octets(body.begin(), body.end()));
}

struct Read {
    std::string ids;
    std::vector<std::string> readings; ///< "1-0:1.7.0 W 941"
};

std::string text_of(const han::cosem::Reading& reading) {
    std::string text;
    append_code(text, reading);
    text.append(" ").append(unit_text(reading)).append(" ");
    han::text::append_json(text, reading.value, true);
    return text;
}

std::optional<Read> read(const Octets& body) {
    static han::list::Items items;
    han::list::List list;
    han::list::KnownMeters known;
    if (!flatten(body, items) || !read_list(items, list, known))
        return std::nullopt;
    Read read{.ids = list.list_id + "/" + list.meter_id + "/" + list.meter_type, .readings = {}};
    std::ranges::transform(list.readings, std::back_inserter(read.readings), text_of);
    return read;
}

struct Replacement {
    const char* name;
    const char* octets;
    bool is_text = false;
};

constexpr Replacement replacements[] = {
    {"null-data", "00"},
    {"don't-care", "FF"},
    {"boolean", "03 01"},
    {"bit-string", "04 08 A5"},
    {"double-long", "05 00000007"},
    {"float", "07 42280000"},
    {"six octets", "09 06 4D4131303548", true},
    {"an OBIS code", "09 06 0100010800FF", true},
    {"a list id", "09 07 4B464D5F303031", true},
    {"twelve octets that are a clock", "09 0C 07E60A0F060F080FFF800000", true},
    {"visible-string", "0A 06 4D4131303548", true},
    {"utf8-string", "0C 06 4D4131303548", true},
    {"bcd", "0D 07"},
    {"integer", "0F 07"},
    {"long", "10 0007"},
    {"unsigned", "11 07"},
    {"long-unsigned", "12 0007"},
    {"long64", "14 0000000000000007"},
    {"long64-unsigned", "15 0000000000000007"},
    {"enum", "16 07"},
    {"float64", "18 401C000000000000"},
    {"date-time", "19 07E60A0F060F080FFF800000"},
    {"empty structure", "02 00"},
    {"structure of a number", "02 01 06 00000007"},
    {"structure of a code and a number", "02 02 09 06 0100010800FF 06 00000007"},
    {"scaler and unit", "02 02 0F 01 16 1B"},
    {"array of numbers", "01 02 06 00000007 06 00000008"},
    {"compact array of numbers", "13 06 04 00000007"},
};

bool has_code(const Replacement& replacement) {
    return std::string_view(replacement.octets).contains("09 06");
}

bool starts_with(const CorpusFile& file, std::string_view prefix) {
    return file.name.starts_with(prefix) && !file.keys.encryption;
}

std::vector<CorpusFile> files(std::initializer_list<std::string_view> prefixes) {
    std::vector<CorpusFile> found;
    for (const CorpusFile& file : support::single_frames())
        if (std::ranges::any_of(prefixes, [&](auto prefix) { return starts_with(file, prefix); }))
            found.push_back(file);
    return found;
}

// Kaifa Norway: values alone.
class Positional : public testing::TestWithParam<CorpusFile> {};

void expect_in_place(const Read& whole, const Octets& body, std::size_t place,
                     const std::string& what) {
    const auto damaged = read(body);
    if (!damaged)
        return;
    constexpr std::size_t names = 3; // list id, meter id, meter type come first
    ASSERT_EQ(damaged->readings.size(), whole.readings.size()) << what;
    for (std::size_t i = 0; i < whole.readings.size(); ++i) {
        const std::string& before = whole.readings[i];
        if (place >= names && i == place - names && damaged->readings[i] != before)
            EXPECT_TRUE(damaged->readings[i].ends_with(" null") ||
                        damaged->readings[i].contains("2022-10-15T15:08:15"))
                << what << ": " << damaged->readings[i];
        else
            EXPECT_EQ(damaged->readings[i], before) << what;
    }
    if (place >= names) {
        EXPECT_EQ(damaged->ids, whole.ids) << what;
    }
}

TEST_P(Positional, AnElementOfAnotherTypeMovesNoValue) {
    const Body body = body_of(GetParam());
    const auto whole = read(body.octets());
    ASSERT_TRUE(whole);
    for (std::size_t i = 0; i < body.elements.size(); ++i)
        for (const Replacement& replacement : replacements) {
            // A power list's one number behind a code is a list with codes.
            if (body.elements.size() == 1 && has_code(replacement))
                continue;
            Body damaged = body;
            damaged.elements[i] = hex(replacement.octets);
            expect_in_place(*whole, damaged.octets(), i,
                            "element " + std::to_string(i) + " is " + replacement.name);
        }
}

TEST_P(Positional, TwoElementsOfOtherTypesMoveNoValue) {
    const Body body = body_of(GetParam());
    const auto whole = read(body.octets());
    ASSERT_TRUE(whole);
    for (std::size_t i = 0; i < body.elements.size(); ++i)
        for (std::size_t j = i + 1; j < body.elements.size(); ++j)
            for (const Replacement& first : replacements)
                for (const char* const second : {"00", "0906 4D4131303548"}) {
                    Body damaged = body;
                    damaged.elements[i] = hex(first.octets);
                    damaged.elements[j] = hex(second);
                    const auto found = read(damaged.octets());
                    if (!found || found->readings.size() == 1)
                        continue; // refused, or nothing but a clock in the place of the list id
                    ASSERT_EQ(found->readings.size(), whole->readings.size())
                        << i << ' ' << first.name << ' ' << j << ' ' << second;
                    std::size_t changed = 0;
                    for (std::size_t k = 0; k < whole->readings.size(); ++k)
                        changed += found->readings[k] == whole->readings[k] ? 0U : 1U;
                    EXPECT_LE(changed, 2U) << i << ' ' << first.name << ", " << j << ' ' << second;
                }
}

// A list of thirteen with an element more has as many as another list.
TEST_P(Positional, AnElementTooManyOrTooFewIsRefused) {
    const Body body = body_of(GetParam());
    for (std::size_t i = 0; i <= body.elements.size(); ++i)
        for (const Replacement& replacement : replacements) {
            if (body.elements.size() == 1 && has_code(replacement))
                continue;
            Body damaged = body;
            damaged.elements.insert(damaged.elements.begin() + static_cast<std::ptrdiff_t>(i),
                                    hex(replacement.octets));
            // With a clock inserted it can be what another meter sends.
            const bool is_clock = std::string_view(replacement.octets).starts_with("09 0C");
            EXPECT_FALSE(read(damaged.octets()) && !is_clock)
                << replacement.name << " before element " << i;
        }
    for (std::size_t i = 0; i < body.elements.size(); ++i) {
        Body damaged = body;
        damaged.elements.erase(damaged.elements.begin() + static_cast<std::ptrdiff_t>(i));
        const bool is_the_clock = body.elements[i].size() == 2 + 12; // likewise
        EXPECT_FALSE(read(damaged.octets()) && !is_the_clock) << "without element " << i;
    }
}

INSTANTIATE_TEST_SUITE_P(Corpus, Positional, testing::ValuesIn(files({"kaifa-no"})),
                         support::CorpusName{});

// Lists with OBIS codes: whatever becomes of one element, no code gets another one's number.
class Coded : public testing::TestWithParam<CorpusFile> {};

bool is_number(const std::string& reading) {
    return !reading.ends_with('"') && !reading.ends_with("null");
}

TEST_P(Coded, AnElementOfAnotherTypeGivesNoCodeAnothersNumber) {
    const Body body = body_of(GetParam());
    const auto whole = read(body.octets());
    ASSERT_TRUE(whole);
    std::map<std::string, std::string> numbers; // code and unit to value
    for (const std::string& reading : whole->readings)
        if (is_number(reading))
            numbers[reading.substr(0, reading.rfind(' '))] = reading;
    for (std::size_t i = 0; i < body.elements.size(); ++i)
        for (const Replacement& replacement : replacements) {
            // Another text as list id or type, or another code, makes it another meter's list, with
            // other scales; containers have a form of their own.
            const bool is_string = body.elements[i][0] == 0x0A || body.elements[i][0] == 0x09;
            const std::string_view octets = replacement.octets;
            if ((replacement.is_text && is_string) || octets.starts_with("01") ||
                octets.starts_with("02") || octets.starts_with("13"))
                continue;
            Body damaged = body;
            damaged.elements[i] = hex(replacement.octets);
            const auto found = read(damaged.octets());
            if (!found)
                continue;
            std::size_t changed = 0;
            for (const std::string& reading : found->readings) {
                const auto number = numbers.find(reading.substr(0, reading.rfind(' ')));
                if (is_number(reading) && number != numbers.end() && number->second != reading)
                    ++changed;
            }
            // One's own value may have changed, into as many as the longest replacement holds.
            EXPECT_LE(changed, 2U) << "element " << i << " is " << replacement.name;
        }
}

INSTANTIATE_TEST_SUITE_P(Corpus, Coded,
                         testing::ValuesIn(files({"kaifa-se", "kamstrup-no", "kamstrup-se",
                                                  "kamstrup-dk", "aidon", "landisgyr"})),
                         support::CorpusName{});

} // namespace
