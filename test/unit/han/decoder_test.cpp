// The chain from octets to lists: reasons of every layer, whose power list it is, segmented and
// nested messages, and that no memory is taken per frame.
#include "han/decoder.hpp"
#include "support/allocations.hpp"
#include "support/collector.hpp"
#include "support/corpus.hpp"
#include "support/hdlc.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

namespace {

using support::decode;
using support::frame;
using support::hex;
using support::join;
using support::Octets;
using testing::ElementsAre;
using testing::IsEmpty;

Octets notification(std::string_view body) {
    return join(hex("E6E700 0F 40000000 00"), hex(body));
}

const Octets power = frame(notification("02 01 06 00000525"));

TEST(DecoderTest, TellsWhyAnIntactFrameGivesNoList) {
    struct Row {
        const char* name;
        Octets information;
        const char* refusal;
    };
    const Row rows[] = {
        {"no information", {}, "no_information@0"},
        {"no LLC", hex("0F 40000000 00 02 01 06 00000525"), "no_llc@0"},
        {"LLC only", hex("E6E700"), "no_llc@0"},
        {"another APDU", hex("E6E700 C4 01C1 00"), "unknown_apdu@0"},
        {"block transfer", hex("E6E700 E0 80 0001 0000 01 0F"), "block_transfer@0"},
        {"no room for a date-time", hex("E6E700 0F 40000000"), "truncated@0"},
        {"date-time of no form", hex("E6E700 0F 40000000 07"), "bad_date_time@0"},
        {"no body", notification(""), "truncated@0"},
        {"unknown tag", notification("0E"), "unknown_tag@0"},
        {"length in no form", notification("09 80"), "bad_length_form@0"},
        {"too many announced", notification("02 05 00"), "count_exceeds_rest@0"},
        {"too deep", notification("0201 0201 0201 0201 0201 0201 0201 0201 0200"), "too_deep@0"},
        {"left over", notification("02 01 06 00000525 00"), "trailing_bytes@0"},
        {"no list", notification("02 02 1101 1102"), "unknown_list@0"},
        {"unknown layout", notification("02 02 0907 4B464D5F303031 1101"), "unknown_layout@0"},
        {"no values", notification("02 02 0906 0000600100FF 0A01 31"), "no_values@0"},
        {"ciphered, cut off", hex("E6E700 DB 08 4B41"), "truncated@0"},
        {"ciphered, suite 1", hex("E6E700 DB 08 4B414D4500112233 07 21 00000102 AABB"),
         "unsupported_security@0"},
        {"ciphered", hex("E6E700 DB 08 4B414D4500112233 07 20 00000102 AABB"),
         "ciphered_without_key@0"},
    };
    for (const Row& row : rows) {
        const auto told = decode(join(frame(row.information), power));
        EXPECT_THAT(told.refusals, ElementsAre(row.refusal)) << row.name;
        EXPECT_EQ(told.lines.size(), 1U) << row.name << ": the frame behind it is decoded";
    }
    Octets many = hex("E6E700 0F 40000000 00 02 82 0201");
    for (int i = 0; i < 0x201; ++i)
        many = join(many, hex("1101"));
    EXPECT_THAT(decode(frame(many)).refusals, ElementsAre("too_many_elements@0"));
}

TEST(DecoderTest, TellsWhatAListConsistsOfThatDoesNotFit) {
    struct Words : han::Listener {
        std::string text;
        void on_list(const han::list::List& /*list*/) override {}
        void on_refusal(const han::Refusal& refusal) override { append_reason(text, refusal); }
    };
    const auto words = [](std::string_view body) {
        Words listener;
        han::Decoder decoder(listener);
        decoder.feed(frame(notification(body)));
        return listener.text;
    };
    EXPECT_EQ(words("02 05 0907 4B464D5F303031 0906 4D4131303548 00 06 00000001 06 00000002"),
              "list whose elements do not fit its layout (5 elements: 2 octet-string, null-data, "
              "2 double-long-unsigned)");
    EXPECT_EQ(words("02 03 0202 1101 00 1102 0101 1607"),
              "no known manufacturer's list, nor one of OBIS codes and values "
              "(3 elements: structure, unsigned, array)");
    EXPECT_EQ(words("0E"), "unknown A-XDR tag") << "nothing is known of what cannot be read";
}

TEST(DecoderTest, AcceptsLlcOfTheOtherDirection) {
    EXPECT_EQ(decode(frame(hex("E6E600 0F 40000000 00 02 01 06 00000525"))).lines,
              decode(power).lines);
}

TEST(DecoderTest, EveryReasonHasItsOwnKeyAndText) {
    std::set<std::string_view> keys;
    std::set<std::string_view> texts;
    std::size_t reasons = 0;
    const auto take = [&](han::Error error) {
        const auto reason = han::reason(error);
        EXPECT_NE(reason.key, "unknown");
        keys.insert(reason.key);
        texts.insert(reason.text);
        ++reasons;
    };
    for (auto i = 0; i <= static_cast<int>(han::hdlc::Error::message_too_long); ++i)
        take(static_cast<han::hdlc::Error>(i));
    for (auto i = 0; i <= static_cast<int>(han::dlms::Error::wrong_key); ++i)
        take(static_cast<han::dlms::Error>(i));
    for (auto i = 0; i <= static_cast<int>(han::list::Error::no_values); ++i)
        take(static_cast<han::list::Error>(i));
    EXPECT_EQ(reasons, 29U);
    EXPECT_EQ(keys.size(), reasons);
    EXPECT_EQ(texts.size(), reasons);
}

std::string meter_of(const std::string& line) {
    return line.substr(0, line.find(",\"list_id\""));
}

TEST(DecoderTest, APowerListHasTheMeterOfTheLastLongerList) {
    const auto& live = support::corpus_file("kaifa-no-3p-live");
    const auto& other = support::corpus_file("kaifa-no-1p-live");
    const auto told =
        decode(join(power, live.octets, power, power, other.octets, power, live.octets, power));
    ASSERT_EQ(told.lines.size(), 8U);
    const auto unnamed = meter_of(told.lines[0]);
    EXPECT_EQ(unnamed, R"({"meter_id":null,"meter_type":null,"manufacturer":"Kaifa")");
    EXPECT_EQ(meter_of(told.lines[2]), meter_of(live.lines[0]));
    EXPECT_EQ(meter_of(told.lines[3]), meter_of(live.lines[0]));
    EXPECT_EQ(meter_of(told.lines[5]), meter_of(other.lines[0]));
    EXPECT_EQ(meter_of(told.lines[7]), meter_of(live.lines[0]));
    // Nor does a list of another manufacturer in between, be it read or refused.
    const auto& aidon = support::corpus_file("aidon-no-3wire-live").octets;
    const auto refused = frame(notification("02 02 0906 0000600100FF 0A01 31"));
    const auto between = decode(join(live.octets, aidon, power, refused, power));
    ASSERT_EQ(between.lines.size(), 4U);
    EXPECT_EQ(meter_of(between.lines[2]), meter_of(live.lines[0]));
    EXPECT_EQ(meter_of(between.lines[3]), meter_of(live.lines[0]));
    // Neither damage nor silence makes it another meter.
    auto damaged = power;
    damaged[12] ^= 1;
    EXPECT_EQ(meter_of(decode(join(live.octets, damaged, power)).lines[1]),
              meter_of(live.lines[0]));
}

TEST(DecoderTest, DamageAmongSegmentsDropsTheMessage) {
    const auto& file = support::corpus_file("stream-segmented");
    const auto frames = support::find_frames(file.octets);
    ASSERT_EQ(frames.size(), 3U);
    const auto part = [&](std::size_t i) {
        return std::span(file.octets).subspan(frames[i].offset, frames[i].size);
    };
    const std::string second = std::to_string(frames[1].offset);
    const auto told = decode(join(part(0), part(1), hex("55"), part(2), part(0)));
    EXPECT_THAT(told.lines, IsEmpty());
    EXPECT_THAT(told.refusals,
                ElementsAre("segment_lost@" + second,
                            "outside_frame@" + std::to_string(frames[2].offset) + "+1",
                            "no_llc@" + std::to_string(frames[2].offset + 1),
                            "segment_lost@" + std::to_string(file.octets.size() + 1)));
}

TEST(DecoderTest, TakesNoMemoryPerFrame) {
    class Null : public han::Listener {
      public:
        void on_list(const han::list::List& list) override { lists += list.readings.size(); }
        void on_refusal(const han::Refusal& refusal) override { refusals += refusal.offset; }
        std::size_t lists = 0;
        std::uint64_t refusals = 0;
    } listener;
    Octets stream;
    for (const auto& file : support::corpus())
        stream = join(stream, file.octets, hex("00"), han::Bytes(file.octets).first(30));
    han::Decoder decoder(listener);
    const std::size_t before = support::allocations();
    for (int times = 0; times < 3; ++times)
        decoder.feed(stream);
    decoder.flush();
    EXPECT_EQ(support::allocations(), before);
    EXPECT_GT(listener.lists, 1000U);
}

TEST(DecoderTest, TheCountOfAllocationsCounts) {
    const std::size_t before = support::allocations();
    const std::vector<int> some(100);
    EXPECT_EQ(support::allocations(), before + 1) << some.size();
}

// A structure of pairs, or of whatever; some lengths and counts are wrong.
void append_random(Octets& body, std::mt19937& random, unsigned depth) {
    constexpr std::uint8_t tags[] = {0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x09, 0x0A, 0x0F,
                                     0x10, 0x11, 0x12, 0x13, 0x16, 0x17, 0x18, 0x19, 0x1A, 0xFF};
    const std::uint8_t tag = tags[random() % std::size(tags)];
    body.push_back(tag);
    const int size = han::dlms::sizes[tag];
    const auto count = static_cast<std::uint8_t>(random() % 5);
    if (size < 0)
        body.push_back(random() % 30 == 0 ? static_cast<std::uint8_t>(random()) : count);
    if (depth > 0 && (tag == 0x01 || tag == 0x02)) {
        for (unsigned i = 0; i < count; ++i)
            append_random(body, random, depth - 1);
        return;
    }
    const int octets = size >= 0 ? size : tag == 0x04 ? (count + 7) / 8 : count;
    for (int i = 0; i < octets; ++i)
        body.push_back(static_cast<std::uint8_t>(random() % 20));
}

// Intact frames around random bodies: whatever comes, it ends, and in bounds (see the sanitizers).
TEST(DecoderTest, RandomBodiesEnd) {
    std::mt19937 random(5);
    std::size_t lists = 0;
    for (int times = 0; times < 20000; ++times) {
        const auto count = static_cast<std::uint8_t>(1 + random() % 3);
        Octets body{0x02, static_cast<std::uint8_t>(2 * count)};
        for (unsigned i = 0; i < count; ++i) {
            body = join(body, hex("0906 0100010700FF"));
            append_random(body, random, 4);
        }
        const auto told = decode(frame(join(hex("E6E700 0F 40000000 00"), body)));
        ASSERT_EQ(told.events.size(), 1U) << support::to_hex(body);
        lists += told.lines.size();
    }
    EXPECT_GT(lists, 1000U);
    EXPECT_LT(lists, 19000U);
}

} // namespace
