// Lists whose elements mean something by their position: an element of another type, or a missing
// one, gives a refusal or null in its own place, and never moves another value.
#include "support/list_body.hpp"

#include <gtest/gtest.h>

namespace {

using support::body_of;
using support::CorpusFile;
using support::hex;
using support::ListBody;
using support::Octets;
using support::read_body;
using support::ReadList;
using support::Replacement;
using support::replacements;

// A power list whose one number is, or follows, a code is a list with codes, of an unknown manufacturer.
bool makes_coded(const ListBody& body, const Replacement& replacement, bool is_inserted) {
    const std::string_view octets = replacement.octets;
    return body.elements.size() == 1 &&
           (octets.starts_with("02 02 09 06") || (is_inserted && octets.starts_with("09 06")));
}

// Kaifa Norway: values alone.
class Positional : public testing::TestWithParam<CorpusFile> {};

void expect_in_place(const ReadList& whole, const Octets& body, std::size_t place,
                     const std::string& what) {
    const auto damaged = read_body(body);
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
    const ListBody body = body_of(GetParam());
    const auto whole = read_body(body.octets());
    ASSERT_TRUE(whole);
    for (std::size_t i = 0; i < body.elements.size(); ++i)
        for (const Replacement& replacement : replacements()) {
            if (makes_coded(body, replacement, false))
                continue;
            ListBody damaged = body;
            damaged.elements[i] = hex(replacement.octets);
            expect_in_place(*whole, damaged.octets(), i,
                            "element " + std::to_string(i) + " is " + replacement.name);
        }
}

TEST_P(Positional, TwoElementsOfOtherTypesMoveNoValue) {
    const ListBody body = body_of(GetParam());
    const auto whole = read_body(body.octets());
    ASSERT_TRUE(whole);
    for (std::size_t i = 0; i < body.elements.size(); ++i)
        for (std::size_t j = i + 1; j < body.elements.size(); ++j)
            for (const Replacement& first : replacements())
                for (const char* const second : {"00", "0906 4D4131303548"}) {
                    ListBody damaged = body;
                    damaged.elements[i] = hex(first.octets);
                    damaged.elements[j] = hex(second);
                    const auto found = read_body(damaged.octets());
                    if (!found)
                        continue;
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
    const ListBody body = body_of(GetParam());
    for (std::size_t i = 0; i <= body.elements.size(); ++i)
        for (const Replacement& replacement : replacements()) {
            if (makes_coded(body, replacement, true))
                continue;
            ListBody damaged = body;
            damaged.elements.insert(damaged.elements.begin() + static_cast<std::ptrdiff_t>(i),
                                    hex(replacement.octets));
            EXPECT_FALSE(read_body(damaged.octets()))
                << replacement.name << " before element " << i;
        }
    for (std::size_t i = 0; i < body.elements.size(); ++i) {
        ListBody damaged = body;
        damaged.elements.erase(damaged.elements.begin() + static_cast<std::ptrdiff_t>(i));
        EXPECT_FALSE(read_body(damaged.octets())) << "without element " << i;
    }
}

INSTANTIATE_TEST_SUITE_P(Corpus, Positional,
                         testing::ValuesIn(support::frames_of_known_manufacturers(false)),
                         support::CorpusName{});

} // namespace
