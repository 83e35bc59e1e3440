// The search for intact frames: what it finds, what it tells of the rest, and that neither depends
// on how the stream is cut.
#include "support/hdlc.hpp"
#include "unit/han/hdlc/feeder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Feeder;
using support::frame;
using support::hex;
using support::join;
using support::Octets;
using support::Told;
using support::whole;
using testing::ElementsAre;

Octets without_end(const Octets& octets, std::ptrdiff_t count) {
    return {octets.begin(), octets.end() - count};
}

Octets with(Octets octets, std::size_t at, std::uint8_t value) {
    octets.at(at) = value;
    return octets;
}

// 7E A00C 410883 13 hh hh 01 02 ff ff 7E: 14 octets.
const Octets small = frame(hex("0102"));

struct Row {
    const char* name;
    Octets stream;
    Told told;
};

const Row rows[] = {
    {"Nothing", {}, {}},
    {"OneFrame", small, {"frame@0 0102"}},
    {"NoInformation", frame({}), {"frame@0 "}},
    {"SegmentationBit", frame(hex("0102"), {.segmentation = true}), {"segment@0 0102"}},
    {"LongAddresses",
     frame(hex("01"), {.addresses_and_control = "02468A41 00000003 10"}),
     {"frame@0 01"}},
    {"FlagInside", frame(hex("7E7EA07E")), {"frame@0 7E7EA07E"}},
    {"WholeFrameInside", frame(small), {"frame@0 " + support::to_hex(small)}},
    {"TwoFrames", join(small, small), {"frame@0 0102", "frame@14 0102"}},
    {"SharedFlag", join(without_end(small, 1), small), {"frame@0 0102", "frame@13 0102"}},
    {"IdleFlags",
     join(hex("7E7E7E"), small, hex("7E7E"), small, hex("7E")),
     {"frame@3 0102", "frame@19 0102"}},
    {"NoiseOnly", hex("010203"), {"outside_frame@0+3"}},
    {"NoiseBefore", join(hex("0102"), small), {"outside_frame@0+2", "frame@2 0102"}},
    {"NoiseBehind",
     join(small, small, hex("0102")),
     {"frame@0 0102", "frame@14 0102", "outside_frame@28+2"}},
    {"NoiseWithFlagsAtItsEnds",
     join(small, hex("7E7E01027E7E0304057E7E"), small),
     {"frame@0 0102", "outside_frame@16+7", "frame@25 0102"}},
    {"CutOff", without_end(small, 1), {"incomplete@0"}},
    {"CutOffInHeader", hex("7EA00D41"), {"incomplete@0"}},
    {"CutOffThenFrame", join(without_end(small, 5), small), {"no_closing_flag@0", "frame@9 0102"}},
    {"BadHcs", with(small, 4, 0x0A), {"bad_hcs@0"}},
    {"BadAddress", hex("7E A00D 0204 0103 13 0000 01 7E"), {"bad_address@0"}},
    {"BadLength", hex("7E A008 41 03 13 0000 00 7E"), {"bad_length@0"}},
    {"BadFcs", with(small, 10, 0x03), {"bad_fcs@0"}},
    {"BadFcsWithoutInformation", with(frame({}), 6, 0x53), {"bad_fcs@0"}},
    {"NoClosingFlag", with(small, 13, 0x7F), {"no_closing_flag@0"}},
    {"FrameBehindDamage", join(with(small, 10, 0x03), small), {"bad_fcs@0", "frame@14 0102"}},
    {"OtherFrameType",
     join(hex("7E 900D 41 0883 13"), small),
     {"outside_frame@1+6", "frame@7 0102"}},
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

class DeframerRows : public testing::TestWithParam<Row> {};

TEST_P(DeframerRows, GiveWhatIsExpected) {
    EXPECT_EQ(whole(GetParam().stream), GetParam().told);
}

TEST_P(DeframerRows, GiveTheSameOctetByOctet) {
    Feeder run;
    Told told;
    for (const std::uint8_t octet : GetParam().stream)
        for (const auto& text : run.feed({&octet, 1}))
            told.push_back(text);
    for (const auto& text : run.flush())
        told.push_back(text);
    EXPECT_EQ(told, GetParam().told);
}

INSTANTIATE_TEST_SUITE_P(Hdlc, DeframerRows, testing::ValuesIn(rows),
                         [](const auto& row) { return row.param.name; });

TEST(DeframerTest, GivesAFrameAtItsClosingFlag) {
    Feeder run;
    EXPECT_THAT(run.feed(without_end(small, 1)), ElementsAre());
    EXPECT_THAT(run.feed(hex("7E")), ElementsAre("frame@0 0102"));
}

TEST(DeframerTest, AwaitsWhatTheLengthAnnounces) {
    const auto one = frame(hex("01020304050607"));
    Feeder feeder;
    for (std::size_t fed = 1; fed <= one.size(); ++fed) {
        (void)feeder.feed(std::span(one).subspan(fed - 1, 1));
        EXPECT_EQ(feeder.awaited(), fed < 3 ? 0U : one.size() - fed) << fed;
        EXPECT_EQ(feeder.idle(), fed == 1 || fed == one.size()) << fed;
    }
}

TEST(DeframerTest, AwaitsNothingOnceTheHeaderIsKnownToBeDamaged) {
    auto one = frame(hex("01020304050607"));
    one[2] ^= 0x40U;
    Feeder feeder;
    (void)feeder.feed(std::span(one).first(7));
    EXPECT_EQ(feeder.awaited(), (one.size() ^ 0x40U) - 7);
    (void)feeder.feed(std::span(one).subspan(7, 3));
    EXPECT_EQ(feeder.awaited(), 0U);
    EXPECT_FALSE(feeder.idle()) << "there is damage to be told of";
}

TEST(DeframerTest, AFalseLengthIsSearchedAgainWhenItIsGivenUp) {
    // An intact header that announces 2,047 octets, and two frames that it swallows.
    const Octets head = hex("A7FF 410883 13");
    const Octets stream = join(hex("7E"), head, support::crc16_sent(head), small, small);
    Feeder run;
    EXPECT_THAT(run.feed(stream), ElementsAre());
    EXPECT_THAT(run.flush(), ElementsAre("incomplete@0", "frame@9 0102", "frame@23 0102"));
}

TEST(DeframerTest, AFalseLengthIsSearchedAgainWhenItsEndIsReached) {
    const Octets head = hex("A7FF 410883 13");
    const Octets start = join(hex("7E"), head, support::crc16_sent(head), small);
    Feeder run;
    EXPECT_THAT(run.feed(start), ElementsAre());
    EXPECT_THAT(run.feed(Octets(2048 - start.size(), 0x00)), ElementsAre());
    EXPECT_THAT(run.feed(hex("00")), ElementsAre("no_closing_flag@0", "frame@9 0102"));
}

TEST(DeframerTest, KeepsALoneFlagThroughSilence) {
    Feeder run;
    EXPECT_THAT(run.feed(hex("7E")), ElementsAre());
    EXPECT_THAT(run.flush(), ElementsAre());
    EXPECT_EQ(run.pending(), 1U);
    EXPECT_THAT(run.feed(std::span(small).subspan(1)), ElementsAre("frame@0 0102"));
}

TEST(DeframerTest, SilenceEndsOneFrameOnly) {
    Feeder run;
    EXPECT_THAT(run.feed(without_end(small, 4)), ElementsAre());
    EXPECT_THAT(run.flush(), ElementsAre("incomplete@0"));
    EXPECT_THAT(run.feed(without_end(small, 4)), ElementsAre());
    EXPECT_THAT(run.feed(std::span(small).last(4)), ElementsAre("frame@10 0102"))
        << "giving up lasts until the next octets only";
}

TEST(DeframerTest, TakesTheLongestFrameAndItsOffsetFarIntoTheStream) {
    const Octets longest = frame(Octets(2047 - 6 - 4, 0x7E));
    ASSERT_EQ(longest.size(), 2049U);
    Feeder run;
    for (std::size_t i = 0; i < 100; ++i) {
        const auto told = run.feed(longest);
        ASSERT_EQ(told.size(), 1U);
        EXPECT_TRUE(told[0].starts_with("frame@" + std::to_string(i * longest.size()) + " "));
    }
}

TEST(DeframerTest, NoiseLongerThanItsBufferIsOneStretch) {
    EXPECT_THAT(whole(join(Octets(100'000, 0x55), small)),
                ElementsAre("outside_frame@0+100000", "frame@100000 0102"));
}

} // namespace
