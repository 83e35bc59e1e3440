// Recorded serial streams, which are not part of the project: a folder named by the environment
// variable HANPORT_CAPTURES, or captures/ in a folder shared/ beside the project. Without it the
// tests say that they are skipped.
#include "support/collector.hpp"
#include "support/corpus.hpp"
#include "support/hdlc.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

// Intact frames by list, as the README of the recordings gives them.
struct Capture {
    const char* file;
    std::size_t power;
    std::size_t live;
    std::size_t hourly;
    bool damaged; ///< also holds frames that are not intact
};

constexpr Capture captures[] = {
    {"kamstrup-6841121", 0, 687, 2, false},
    {"kaifa-ma304h3e", 257, 64, 0, true}, // ends inside a frame
    {"kaifa-ma304t4", 1180, 294, 1, false},
    {"aidon-6525", 1758, 583, 2, true},            // begins inside a frame
    {"aidon-6525-bad-adapter", 1339, 10, 0, true}, // the long frames lost their ends
    {"aidon-6515-1phase", 0, 1, 0, false},
};

void PrintTo(const Capture& capture, std::ostream* out) {
    *out << capture.file;
}

std::filesystem::path folder() {
    const char* const named = std::getenv("HANPORT_CAPTURES");
    return named != nullptr ? named : support::project_file("../shared/captures");
}

class EveryCapture : public testing::TestWithParam<Capture> {
  protected:
    void SetUp() override {
        const auto path = folder() / (std::string(GetParam().file) + ".bin");
        std::ifstream file(path, std::ios::binary);
        if (!file.is_open())
            GTEST_SKIP() << "skipped: no recorded stream " << path
                         << " (HANPORT_CAPTURES names their folder)";
        octets_.assign(std::istreambuf_iterator<char>(file), {});
    }

    support::Octets octets_;
};

TEST_P(EveryCapture, GivesAsManyListsAsItHasIntactFrames) {
    const auto told = support::decode(octets_);
    EXPECT_THAT(told.kinds, ElementsAre(GetParam().power, GetParam().live, GetParam().hourly));
}

// The second opinion: a search by the book that checks the sums bit by bit.
TEST_P(EveryCapture, GivesOneListForEachFrameThatIsIntactAndNoneElse) {
    std::vector<std::uint64_t> intact;
    for (const auto& frame : support::find_frames(octets_))
        intact.push_back(frame.offset);
    const auto told = support::decode(octets_);
    EXPECT_THAT(told.offsets, ElementsAreArray(intact));
    EXPECT_EQ(told.refusals.empty(), !GetParam().damaged);
}

TEST_P(EveryCapture, GivesTheSameInChunksOfAnySize) {
    const auto whole = support::decode(octets_);
    for (const std::size_t chunk : {1U, 7U, 64U})
        EXPECT_EQ(support::decode(octets_, chunk).events, whole.events) << "chunks of " << chunk;
}

INSTANTIATE_TEST_SUITE_P(Captures, EveryCapture, testing::ValuesIn(captures), [](const auto& row) {
    std::string name = row.param.file;
    std::ranges::replace(name, '-', '_');
    return name;
});

} // namespace
