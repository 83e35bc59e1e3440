// Lists whose values carry OBIS codes: whatever becomes of one element, no other value changes, and
// none gets another scale.
#include "support/list_body.hpp"

#include <gtest/gtest.h>

#include <set>

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

class Coded : public testing::TestWithParam<CorpusFile> {};

bool is_number(const std::string& reading) {
    return !reading.ends_with('"') && !reading.ends_with("null");
}

bool has_no_unit(const std::string& reading) {
    return reading.contains("  ");
}

void expect_others_unchanged(const ReadList& whole, const Octets& body, const std::string& what) {
    const auto found = read_body(body);
    if (!found)
        return;
    std::multiset<std::string> before(whole.readings.begin(), whole.readings.end());
    std::size_t others = 0;
    for (const std::string& reading : found->readings) {
        if (const auto same = before.find(reading); same != before.end())
            before.erase(same);
        // Without its list id it is an unknown manufacturer's list: the names of the meter are values
        // then, and numbers without scaler_unit are raw and have no unit.
        else if (found->manufacturer == whole.manufacturer ||
                 (is_number(reading) && !has_no_unit(reading)))
            ++others;
    }
    EXPECT_LE(others, 1U) << what; // its own
}

TEST_P(Coded, AnElementOfAnotherTypeChangesNoOtherValue) {
    const ListBody body = body_of(GetParam());
    const auto whole = read_body(body.octets());
    ASSERT_TRUE(whole);
    for (std::size_t i = 0; i < body.elements.size(); ++i)
        for (const Replacement& replacement : replacements()) {
            ListBody damaged = body;
            damaged.elements[i] = hex(replacement.octets);
            const auto what = "element " + std::to_string(i) + " is " + replacement.name;
            expect_others_unchanged(*whole, damaged.octets(), what);
            if (body.elements[i][0] != 0x02)
                continue;
            const ListBody member(body.elements[i]);
            for (std::size_t k = 0; k < member.elements.size(); ++k) {
                ListBody damaged_member = member;
                damaged_member.elements[k] = hex(replacement.octets);
                damaged.elements[i] = damaged_member.octets();
                expect_others_unchanged(*whole, damaged.octets(),
                                        what + " in its element " + std::to_string(k));
            }
        }
}

TEST_P(Coded, AnElementMoreOrLessChangesNoOtherValue) {
    const ListBody body = body_of(GetParam());
    const auto whole = read_body(body.octets());
    ASSERT_TRUE(whole);
    for (std::size_t i = 0; i < body.elements.size(); ++i) {
        ListBody damaged = body;
        damaged.elements.erase(damaged.elements.begin() + static_cast<std::ptrdiff_t>(i));
        expect_others_unchanged(*whole, damaged.octets(), "without element " + std::to_string(i));
        for (const Replacement& replacement : replacements()) {
            damaged = body;
            damaged.elements.insert(damaged.elements.begin() + static_cast<std::ptrdiff_t>(i),
                                    hex(replacement.octets));
            expect_others_unchanged(*whole, damaged.octets(),
                                    std::string(replacement.name) + " before element " +
                                        std::to_string(i));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Corpus, Coded,
                         testing::ValuesIn(support::frames_of_known_manufacturers(true)),
                         support::CorpusName{});

} // namespace
