// Recorded readouts of polled meters through the decoder of IEC 62056-21: each file gives exactly the
// lines written beside it.
#include "iec62056/decoder.hpp"
#include "support/corpus.hpp"
#include "support/readout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::CorpusFile;
using testing::ElementsAreArray;
using testing::IsEmpty;
using Decoder = iec62056::Decoder;

class EveryReadout : public testing::TestWithParam<CorpusFile> {};

TEST_P(EveryReadout, GivesExactlyTheLinesBesideItInChunksOfAnySize) {
    const CorpusFile& file = GetParam();
    for (const std::size_t chunk : {1U, 7U, 64U, 4096U}) {
        const auto found = support::decode_readout<Decoder>(file.octets, chunk);
        EXPECT_THAT(found.lines, ElementsAreArray(file.lines)) << "chunks of " << chunk;
        EXPECT_THAT(found.refusals, IsEmpty());
    }
}

TEST_P(EveryReadout, CutOffAnywhereOrWithAnyOneBitFlippedGivesNoValue) {
    auto octets = GetParam().octets;
    for (std::size_t size = 0; size < octets.size(); ++size)
        ASSERT_THAT(support::decode_readout<Decoder>(std::span(octets).first(size)).lines,
                    IsEmpty())
            << size << " octets";
    const auto text = std::ranges::find(octets, iec62056::start_of_text);
    for (auto octet = text; octet != octets.end(); ++octet)
        for (unsigned bit = 0; bit < 8; ++bit) {
            *octet = static_cast<std::uint8_t>(*octet ^ 1U << bit);
            ASSERT_THAT(support::decode_readout<Decoder>(octets).lines, IsEmpty())
                << "octet " << octet - octets.begin() << ", bit " << bit;
            *octet = static_cast<std::uint8_t>(*octet ^ 1U << bit);
        }
}

INSTANTIATE_TEST_SUITE_P(Corpus, EveryReadout, testing::ValuesIn(support::readouts()),
                         support::CorpusName{});

} // namespace
