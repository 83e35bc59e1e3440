// Segments to messages: which frames make one, and which losses are noticed.
#include "han/hdlc/reassembler.hpp"
#include "support/hex.hpp"

#include <gtest/gtest.h>

namespace {

using han::hdlc::Error;
using han::hdlc::Frame;
using han::hdlc::Reassembler;
using support::hex;
using support::Octets;

// A frame as input; the output is a message as hex, a loss, both or neither.
struct Step {
    const char* information;
    bool segmentation;
    const char* message; ///< null for none
    const char* lost = "";
};

struct Row {
    const char* name;
    std::vector<Step> steps;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

const Row rows[] = {
    {"SingleFrames", {{"01", false, "01"}, {"", false, ""}, {"0203", false, "0203"}}},
    {"TwoSegments", {{"E6E7000F01", true, nullptr}, {"0203", false, "E6E7000F010203"}}},
    {"FourSegments",
     {{"E6E7000F", true, nullptr},
      {"01", true, nullptr},
      {"02", true, nullptr},
      {"03", false, "E6E7000F010203"}}},
    {"TwoMessagesOneAfterTheOther",
     {{"E6E7000F01", true, nullptr},
      {"02", false, "E6E7000F0102"},
      {"E6E7000F03", true, nullptr},
      {"04", false, "E6E7000F0304"}}},
    {"LastSegmentLostBeforeASingleFrame",
     {{"E6E7000F01", true, nullptr}, {"E6E7000F02", false, "E6E7000F02", "segment_lost"}}},
    {"LastSegmentLostBeforeASegmentedMessage",
     {{"E6E7000F01", true, nullptr},
      {"E6E7000F02", true, nullptr, "segment_lost"},
      {"03", false, "E6E7000F0203"}}},
    {"LastSegmentLostBeforeACipheredMessage",
     {{"E6E7000F01", true, nullptr}, {"E6E700DB02", false, "E6E700DB02", "segment_lost"}}},
    {"SegmentThatOnlyLooksLikeLlc",
     {{"E6E7000F01", true, nullptr}, {"E6E70012", false, "E6E7000F01E6E70012"}}},
    {"SegmentsWithoutInformation",
     {{"E6E7000F", true, nullptr}, {"", true, nullptr}, {"01", false, "E6E7000F01"}}},
};

std::string message(const Reassembler& reassembler) {
    return reassembler.complete() ? support::to_hex(reassembler.message()) : "none";
}

class ReassemblerRows : public testing::TestWithParam<Row> {};

TEST_P(ReassemblerRows, GiveWhatIsExpected) {
    Reassembler reassembler;
    for (const Step& step : GetParam().steps) {
        const Octets information = hex(step.information);
        const auto lost =
            reassembler.add({.segmentation = step.segmentation, .information = information});
        EXPECT_EQ(message(reassembler), step.message == nullptr ? "none" : step.message);
        EXPECT_EQ(lost ? reason(*lost).key : "", step.lost) << step.information;
    }
}

INSTANTIATE_TEST_SUITE_P(Hdlc, ReassemblerRows, testing::ValuesIn(rows),
                         [](const auto& row) { return row.param.name; });

TEST(ReassemblerTest, DamageDropsWhatIsPending) {
    Reassembler reassembler;
    EXPECT_FALSE(reassembler.interrupt());
    const Octets begin = hex("E6E7000F01");
    const Octets end = hex("02");
    EXPECT_FALSE(reassembler.add({.segmentation = true, .information = begin}));
    EXPECT_FALSE(reassembler.complete());
    EXPECT_TRUE(reassembler.interrupt());
    EXPECT_FALSE(reassembler.interrupt());
    // The rest of the message is then one of its own, which no LLC header begins.
    EXPECT_FALSE(reassembler.add({.information = end}));
    EXPECT_EQ(message(reassembler), "02");
}

TEST(ReassemblerTest, RefusesAMessageThatDoesNotFit) {
    Reassembler reassembler;
    const Octets segment(1024, 0x55);
    for (std::size_t size = 0; size < Reassembler::capacity; size += segment.size()) {
        EXPECT_FALSE(reassembler.add({.segmentation = true, .information = segment}));
        EXPECT_FALSE(reassembler.complete());
    }
    EXPECT_EQ(reassembler.add({.segmentation = true, .information = segment}),
              Error::message_too_long);
    EXPECT_FALSE(reassembler.complete());
    // It starts again after that.
    const Octets single = hex("E6E7000F");
    EXPECT_FALSE(reassembler.add({.information = single}));
    EXPECT_EQ(message(reassembler), "E6E7000F");
}

TEST(ReassemblerTest, RefusesALastSegmentThatDoesNotFit) {
    Reassembler reassembler;
    const Octets most(Reassembler::capacity, 0x55);
    const Octets last(1, 0x55);
    EXPECT_FALSE(reassembler.add({.segmentation = true, .information = most}));
    EXPECT_EQ(reassembler.add({.information = last}), Error::message_too_long);
    EXPECT_FALSE(reassembler.complete());
    EXPECT_FALSE(reassembler.interrupt()) << "nothing is pending any more";
}

TEST(ReassemblerTest, AMessageOfExactlyItsCapacityFits) {
    Reassembler reassembler;
    const Octets half(Reassembler::capacity / 2, 0x55);
    EXPECT_FALSE(reassembler.add({.segmentation = true, .information = half}));
    EXPECT_FALSE(reassembler.complete());
    EXPECT_FALSE(reassembler.add({.information = half}));
    ASSERT_TRUE(reassembler.complete());
    EXPECT_EQ(reassembler.message().size(), Reassembler::capacity);
}

} // namespace
