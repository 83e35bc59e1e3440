// Frames of the corpus in streams: behind the beginnings of others, with shared and repeated flags,
// joined late, behind damage and false lengths. Every intact frame is found, nothing else.
#include "support/collector.hpp"
#include "support/corpus.hpp"
#include "support/hdlc.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::CorpusFile;
using support::join;
using support::Octets;
using testing::ElementsAre;
using testing::SizeIs;

Octets octets_of(std::string_view name) {
    return support::corpus_file(name).octets;
}
std::string line_of(std::string_view name) {
    return support::corpus_file(name).lines.at(0);
}
Octets first(const Octets& octets, std::size_t count) {
    return {octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(count)};
}
Octets last(const Octets& octets, std::size_t count) {
    return {octets.end() - static_cast<std::ptrdiff_t>(count), octets.end()};
}
Octets flipped(Octets octets, std::size_t at, std::uint8_t mask) {
    octets.at(at) ^= mask;
    return octets;
}

// ---- every frame behind every beginning of another --------------------------------------------

class BehindAnother : public testing::TestWithParam<CorpusFile> {};

TEST_P(BehindAnother, EveryFrameIsFoundBehindEveryPrefixOfThisOne) {
    const CorpusFile& other = GetParam();
    for (const CorpusFile& file : support::single_frames()) {
        ciphering::AesGcm decryptor(file.keys);
        // Without its closing flag the other one would still be whole: the next flag closes it.
        for (std::size_t size = 0; size + 1 < other.octets.size(); ++size) {
            const auto told =
                support::decode(join(first(other.octets, size), file.octets), 0, &decryptor);
            ASSERT_THAT(told.lines, ElementsAre(file.lines[0]))
                << file.name << " behind " << size << " octets";
        }
    }
}

TEST_P(BehindAnother, EveryFrameIsFoundBehindThisOneWithItsFlagSharedOrNot) {
    const CorpusFile& other = GetParam();
    for (const CorpusFile& file : support::single_frames()) {
        if (file.name == other.name)
            continue;
        ciphering::AesGcm decryptor(file.keys.encryption ? file.keys : other.keys);
        const auto shared = first(other.octets, other.octets.size() - 1);
        for (const Octets& before : {shared, other.octets}) {
            const auto told = support::decode(join(before, file.octets), 0, &decryptor);
            ASSERT_THAT(told.lines, SizeIs(2)) << file.name;
            EXPECT_EQ(told.lines[0], other.lines[0]);
            // A power list takes its identity from the list before it.
            const auto values = file.lines[0].find("\"list\":");
            EXPECT_THAT(told.lines[1], testing::EndsWith(file.lines[0].substr(values)));
            EXPECT_THAT(told.refusals, testing::IsEmpty());
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Corpus, BehindAnother, testing::ValuesIn(support::single_frames()),
                         support::CorpusName{});

// ---- recipes ------------------------------------------------------------------------------------

struct Recipe {
    const char* name;
    Octets stream;
    std::vector<std::string> lines;
    std::vector<std::string> refusals;
};

void PrintTo(const Recipe& recipe, std::ostream* out) {
    *out << recipe.name;
}

const std::vector<Recipe>& recipes() {
    const auto power = octets_of("kaifa-no-power");
    const auto power_7e = octets_of("kaifa-no-power-fcs-7e");
    const auto aidon = octets_of("aidon-no-power");
    const auto live = octets_of("kamstrup-no-3p4q-live-old");
    const auto live_7e = octets_of("kamstrup-no-7e-in-data");
    const auto fcs_7e = octets_of("kamstrup-no-7e-in-fcs");
    const auto fcs_first_7e = octets_of("kamstrup-no-7e-in-fcs-first");
    const auto hourly = octets_of("kamstrup-no-3p4q-hourly-old");
    const Octets flags(3, 0x7E);
    static const std::vector<Recipe> rows{
        {"SharedFlag",
         join(first(power, power.size() - 1), power_7e),
         {line_of("kaifa-no-power"), line_of("kaifa-no-power-fcs-7e")},
         {}},
        {"DoubledFlags",
         join(flags, aidon, flags, power, flags),
         {line_of("aidon-no-power"), line_of("kaifa-no-power")},
         {}},
        {"JoinedInMidFrame",
         join(last(live, 60), live_7e),
         {line_of("kamstrup-no-7e-in-data")},
         {"outside_frame@0+59"}},
        {"JoinedAtTheFlagsOfTwoFrames",
         join(last(live, 1), live_7e),
         {line_of("kamstrup-no-7e-in-data")},
         {}},
        {"FcsEndsIn7e",
         join(power_7e, aidon),
         {line_of("kaifa-no-power-fcs-7e"), line_of("aidon-no-power")},
         {}},
        {"FcsEndsIn7eAndFlagIsShared",
         join(first(fcs_7e, fcs_7e.size() - 1), live),
         {line_of("kamstrup-no-7e-in-fcs"), line_of("kamstrup-no-3p4q-live-old")},
         {}},
        {"FcsBeginsWith7e",
         join(fcs_first_7e, fcs_first_7e),
         {line_of("kamstrup-no-7e-in-fcs-first"), line_of("kamstrup-no-7e-in-fcs-first")},
         {}},
        // The false frame is 303 octets long and swallows most of the next one.
        {"CutOffThenGood",
         join(first(hourly, 100), live),
         {line_of("kamstrup-no-3p4q-live-old")},
         {"no_closing_flag@0"}},
        {"CutOffTwiceThenGood",
         join(first(hourly, 100), first(hourly, 40), live),
         {line_of("kamstrup-no-3p4q-live-old")},
         {"no_closing_flag@0", "incomplete@100"}},
        {"WrongFcsThenGood",
         join(flipped(live, 114, 0x08), live),
         {line_of("kamstrup-no-3p4q-live-old")},
         {"bad_fcs@0"}},
        {"WrongAddressThenGood",
         join(flipped(power, 3, 0x02), power),
         {line_of("kaifa-no-power")},
         {"bad_hcs@0"}},
        // The false length of the first ends exactly on the opening flag of the second.
        {"FalseLengthThenGood",
         join(flipped(aidon, 2, 0x01), aidon),
         {line_of("aidon-no-power")},
         {"bad_hcs@0"}},
        // A false length whose HCS fits swallows four frames and waits for more.
        {"FalseLengthWithFittingHcs",
         join(support::hex("7E A7FF 410883 13"),
              support::crc16_sent(support::hex("A7FF 410883 13")), aidon, power, live, hourly),
         {line_of("aidon-no-power"), line_of("kaifa-no-power"),
          line_of("kamstrup-no-3p4q-live-old"), line_of("kamstrup-no-3p4q-hourly-old")},
         {"incomplete@0"}},
        {"NoiseBetween",
         join(Octets{1, 2, 3}, power, Octets{4, 5}, power_7e),
         {line_of("kaifa-no-power"), line_of("kaifa-no-power-fcs-7e")},
         {"outside_frame@0+3", "outside_frame@44+2"}},
    };
    return rows;
}

class Recipes : public testing::TestWithParam<Recipe> {};

TEST_P(Recipes, FindTheIntactFramesAndTellTheDamage) {
    const auto told = support::decode(GetParam().stream);
    EXPECT_EQ(told.lines, GetParam().lines);
    EXPECT_EQ(told.refusals, GetParam().refusals);
}

TEST_P(Recipes, GiveTheSameInChunksOfAnySize) {
    const auto whole = support::decode(GetParam().stream);
    for (const std::size_t chunk : {1U, 7U, 64U})
        EXPECT_EQ(support::decode(GetParam().stream, chunk).events, whole.events) << chunk;
}

TEST_P(Recipes, AgreeWithTheSearchByTheBook) {
    std::vector<std::uint64_t> intact;
    for (const auto& frame : support::find_frames(GetParam().stream))
        intact.push_back(frame.offset);
    EXPECT_EQ(support::decode(GetParam().stream).offsets, intact);
}

INSTANTIATE_TEST_SUITE_P(Corpus, Recipes, testing::ValuesIn(recipes()),
                         [](const auto& row) { return row.param.name; });

TEST(Streams, ASwallowedFrameIsFoundWhenTheLineFallsSilent) {
    const auto power = octets_of("kaifa-no-power");
    support::Collector told;
    han::Decoder decoder(told);
    decoder.feed(first(octets_of("kamstrup-no-3p4q-hourly-old"), 100));
    decoder.feed(power);
    EXPECT_THAT(told.lines, SizeIs(0)) << "the false frame is still awaited";
    decoder.flush();
    EXPECT_THAT(told.lines, ElementsAre(line_of("kaifa-no-power")));
    EXPECT_THAT(told.refusals, ElementsAre("incomplete@0"));
    // And the next one needs no further silence.
    decoder.feed(power);
    EXPECT_THAT(told.lines, SizeIs(2));
}

} // namespace
