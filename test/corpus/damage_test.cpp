// Damaged frames give no value: every truncation, every 1-bit and every 2-bit flip of every frame
// of the corpus; and of streams, what damage to one frame may cost the others.
#include "support/collector.hpp"
#include "support/corpus.hpp"
#include "support/hdlc.hpp"
#include "support/sanitizers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace {

using support::CorpusFile;
using support::Octets;
using testing::ElementsAreArray;
using testing::IsEmpty;

// Counts lists that should not be.
class Counter : public han::Listener {
  public:
    void on_list(const han::list::List& list) override {
        (void)list;
        ++lists;
    }
    void on_refusal(const han::Refusal& refusal) override { (void)refusal; }
    std::uint64_t lists = 0;
};

// One decoder for many damaged frames. An octet of noise before each keeps the closing flag of one
// from opening the next.
class Damaged {
  public:
    explicit Damaged(const CorpusFile& file)
        : decryptor_(file.keys), decoder_(counter_, &decryptor_),
          octets_(support::join(Octets{0x00}, file.octets)) {}

    [[nodiscard]] std::size_t bits() const { return (octets_.size() - 1) * 8; }
    void flip(std::size_t bit) {
        octets_[1 + bit / 8] = static_cast<std::uint8_t>(octets_[1 + bit / 8] ^ 1U << bit % 8);
    }
    [[nodiscard]] bool gives_a_list() {
        decoder_.feed(octets_);
        decoder_.flush();
        return std::exchange(counter_.lists, 0) > 0;
    }
    // With every single bit flipped, and with every pair if `pairs`.
    void expect_no_list(bool pairs) {
        ASSERT_TRUE(gives_a_list()) << "undamaged it has to be one";
        for (std::size_t one = 0; one < bits(); ++one) {
            flip(one);
            ASSERT_FALSE(gives_a_list()) << "bit " << one;
            for (std::size_t two = pairs ? one + 1 : bits(); two < bits(); ++two) {
                flip(two);
                ASSERT_FALSE(gives_a_list()) << "bits " << one << " and " << two;
                flip(two);
            }
            flip(one);
        }
        ASSERT_TRUE(gives_a_list()) << "and again";
    }

  private:
    ciphering::AesGcm decryptor_;
    Counter counter_;
    han::Decoder decoder_;
    Octets octets_;
};

class EveryFrame : public testing::TestWithParam<CorpusFile> {};

TEST_P(EveryFrame, CutOffAnywhereGivesNoValue) {
    const CorpusFile& file = GetParam();
    ciphering::AesGcm decryptor(file.keys);
    for (std::size_t size = 0; size < file.octets.size(); ++size) {
        const auto start = std::span(file.octets).first(size);
        EXPECT_THAT(support::decode(start, 0, &decryptor).lines, IsEmpty()) << size << " octets";
        const auto end = std::span(file.octets).last(size);
        EXPECT_THAT(support::decode(end, 0, &decryptor).lines, IsEmpty()) << "last " << size;
    }
}

TEST_P(EveryFrame, WithAnyOneBitFlippedGivesNoValue) {
    Damaged(GetParam()).expect_no_list(false);
}

INSTANTIATE_TEST_SUITE_P(Corpus, EveryFrame, testing::ValuesIn(support::single_frames()),
                         support::CorpusName{});

// Every pair of bits of every frame: 110 million decodes, some 20 s.
class EveryFrameTwice : public EveryFrame {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(EveryFrameTwice);

TEST_P(EveryFrameTwice, WithAnyTwoBitsFlippedGivesNoValue) {
    Damaged(GetParam()).expect_no_list(true);
}

INSTANTIATE_TEST_SUITE_P(Corpus, EveryFrameTwice,
                         testing::ValuesIn(support::fast ? support::single_frames()
                                                         : std::vector<CorpusFile>{}),
                         support::CorpusName{});

TEST(EveryPairOfBits, IsTriedInThisBuild) {
    if (!support::fast)
        GTEST_SKIP() << "unoptimised or sanitized build: all pairs of bits of all frames are tried "
                        "in the release build; here those of three short frames, see ShortFrame";
}

// The smaller set for other builds: a short frame of each form of header.
class ShortFrame : public testing::TestWithParam<CorpusFile> {};

TEST_P(ShortFrame, WithAnyTwoBitsFlippedGivesNoValue) {
    Damaged(GetParam()).expect_no_list(true);
}

INSTANTIATE_TEST_SUITE_P(Corpus, ShortFrame,
                         testing::Values(support::corpus_file("kaifa-no-power"),
                                         support::corpus_file("kaifa-no-power-fcs-7e"),
                                         support::corpus_file("aidon-no-power")),
                         support::CorpusName{});

// What a line says behind the identity, which a power list has from another list that may be lost.
std::string values_of(const std::string& line) {
    return line.substr(line.find("\"list\":"));
}

// How many of `wanted` are not in `got`; -1 if `got` is no subsequence of it.
int missing(const std::vector<std::string>& got, const std::vector<std::string>& wanted) {
    std::size_t found = 0;
    for (const std::string& line : wanted)
        if (found < got.size() && values_of(got[found]) == values_of(line))
            ++found;
    return found == got.size() ? static_cast<int>(wanted.size() - found) : -1;
}

class EveryStream : public testing::TestWithParam<CorpusFile> {};

TEST_P(EveryStream, WithAnyOneBitFlippedLosesOnlyTheListsHit) {
    Octets octets = GetParam().octets;
    for (std::size_t bit = 0; bit < octets.size() * 8; ++bit) {
        const auto mask = static_cast<std::uint8_t>(1U << bit % 8);
        octets[bit / 8] ^= mask;
        const auto told = support::decode(octets);
        octets[bit / 8] ^= mask;
        // A flag between two frames that is hit costs both.
        const int lost = missing(told.lines, GetParam().lines);
        ASSERT_TRUE(lost >= 0 && lost <= 2) << "bit " << bit << " loses " << lost;
    }
}

TEST_P(EveryStream, CutOffAnywhereGivesTheListsBeforeTheCut) {
    const CorpusFile& file = GetParam();
    const auto frames = support::find_frames(file.octets);
    for (std::size_t size = 0; size <= file.octets.size(); ++size) {
        std::size_t whole = 0;
        for (const auto& frame : frames)
            // A message of several frames ends with the one without segmentation bit.
            if (frame.offset + frame.size <= size && !frame.segmentation && frame.size > 10)
                ++whole;
        const auto told = support::decode(std::span(file.octets).first(size));
        ASSERT_THAT(told.lines, ElementsAreArray(std::span(file.lines).first(whole)))
            << size << " octets";
    }
}

std::vector<CorpusFile> streams() {
    std::vector<CorpusFile> files;
    for (const CorpusFile& file : support::corpus())
        if (std::ranges::find(support::single_frames(), file.name, &CorpusFile::name) ==
            support::single_frames().end())
            files.push_back(file);
    return files;
}

INSTANTIATE_TEST_SUITE_P(Corpus, EveryStream, testing::ValuesIn(streams()), support::CorpusName{});

TEST(SegmentedMessage, LackingAnyOfItsFramesGivesNoValue) {
    const CorpusFile& file = support::corpus_file("stream-segmented");
    const auto frames = support::find_frames(file.octets);
    ASSERT_EQ(frames.size(), 3U);
    for (std::size_t lost = 0; lost < frames.size(); ++lost) {
        Octets rest;
        for (std::size_t i = 0; i < frames.size(); ++i)
            if (i != lost)
                rest = support::join(
                    rest, std::span(file.octets).subspan(frames[i].offset, frames[i].size));
        const auto told = support::decode(rest);
        EXPECT_THAT(told.lines, IsEmpty()) << "without frame " << lost;
        EXPECT_FALSE(told.refusals.empty()) << "without frame " << lost;
    }
}

} // namespace
