// Reports of hanport decode about damage: where, why, how often; no input may crash it.
#include "support/lines.hpp"
#include "support/process.hpp"
#include "support/sanitizers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace {

using support::binary;
using support::expected;
using support::Folder;
using support::hanport;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view live = "kamstrup-no-3p4q-live-new"; // 228 octets
constexpr std::string_view power = "kaifa-no-power";           // 41 octets

std::string damaged(std::string_view name) {
    std::string octets = binary(name);
    octets[20] = static_cast<char>(octets[20] ^ 1);
    return octets;
}

TEST(DecodeDamage, IsToldWithItsByteOffsetAndReasonAndSummedUp) {
    const Folder folder;
    const auto file =
        folder.write("capture.bin", binary(live) + damaged(live) + "noise" + binary(power) +
                                        damaged(power) + binary(live).substr(0, 50));
    const auto told = hanport({"decode", file});
    EXPECT_EQ(told.status, 0);
    EXPECT_THAT(told.out, HasSubstr(expected(live)));
    EXPECT_EQ(told.err, "hanport: " + file + ": byte 228: frame check sequence (FCS) wrong\n" +
                            "hanport: " + file + ": byte 502: frame check sequence (FCS) wrong\n" +
                            "hanport: " + file + ": byte 543: frame cut off before its end\n" +
                            "hanport: 2 lists (1 power, 1 live)\n"
                            "hanport: refused 2 × frame check sequence (FCS) wrong\n"
                            "hanport: refused 1 × frame cut off before its end\n");
}

TEST(DecodeDamage, OfStandardInputIsToldAsSuch) {
    const auto told = hanport({"decode"}, "noise\x01" + binary(live));
    EXPECT_EQ(told.status, 0);
    EXPECT_EQ(told.out, expected(live));
    EXPECT_EQ(told.err, "hanport: standard input: byte 0: 6 bytes outside any frame\n"
                        "hanport: 1 list (1 live)\n"
                        "hanport: refused 1 × bytes outside any frame, 6 in all\n");
}

std::string hex(const std::string& octets) {
    return support::to_hex(support::ascii(octets));
}

TEST(DecodeDamage, InHexTextIsToldWithItsLine) {
    const Folder folder;
    const auto file = folder.write(
        "capture.hex", "# line 1\n" + hex(binary(power)) + "\n\n# line 4\n" + hex(damaged(power)) +
                           "\n" + hex(damaged(live)) + "\n" + hex(binary(power)) + "\n");
    const auto told = hanport({"decode", file});
    EXPECT_EQ(told.status, 0);
    EXPECT_EQ(told.out, expected(power) + expected(power));
    EXPECT_EQ(told.err, "hanport: " + file + ":5: byte 41: frame check sequence (FCS) wrong\n" +
                            "hanport: " + file + ":6: byte 82: frame check sequence (FCS) wrong\n" +
                            "hanport: 2 lists (2 power)\n"
                            "hanport: refused 2 × frame check sequence (FCS) wrong\n");
}

TEST(DecodeDamage, OfHexDigitsIsToldWithLineAndColumn) {
    const auto told =
        hanport({"decode"}, hex(binary(power)) + "\nhello\n" + hex(binary(power)) + "\n7\n");
    EXPECT_EQ(told.status, 0);
    EXPECT_EQ(told.out, expected(power) + expected(power));
    EXPECT_EQ(told.err, "hanport: standard input:2:1: a character that is no hex digit\n"
                        "hanport: standard input:4:1: a hex digit without its partner\n"
                        "hanport: 2 lists (2 power)\n"
                        "hanport: refused 2 × no hex digits\n");
}

TEST(DecodeDamage, WithoutAnyListEndsWithStatus1) {
    for (const std::string& input :
         {std::string(), std::string("# only a comment\n"), damaged(live), std::string("hello\n"),
          std::string("\x7E"), binary(live).substr(0, 200), hex(damaged(power))}) {
        const auto told = hanport({"decode"}, input);
        EXPECT_EQ(told.status, 1) << hex(input);
        EXPECT_THAT(told.out, IsEmpty());
        EXPECT_THAT(told.err, HasSubstr("hanport: 0 lists"));
    }
}

// ---- whatever comes ---------------------------------------------------------------------------

// One run takes milliseconds, with sanitizers tens of them.
constexpr int runs = support::sanitized ? 20 : 100;

void expect_an_orderly_end(const std::string& input) {
    const auto told = hanport({"decode"}, input);
    ASSERT_TRUE(told.status == 0 || told.status == 1) << told.status << "\n" << told.err;
    ASSERT_EQ(told.status == 0, !told.out.empty());
    ASSERT_THAT(told.err, HasSubstr(" list"));
}

TEST(DecodeAnything, RandomOctets) {
    std::mt19937 random(11);
    for (int run = 0; run < runs; ++run) {
        std::string input(random() % 20000, '\0');
        for (char& c : input)
            c = static_cast<char>(random());
        expect_an_orderly_end(input);
    }
}

TEST(DecodeAnything, RandomText) {
    constexpr std::string_view characters = "0123456789ABCDEFabcdefxX 7E,7E\n\t\r#[]{}zå\"";
    std::mt19937 random(12);
    for (int run = 0; run < runs; ++run) {
        std::string input(random() % 20000, '\0');
        for (char& c : input)
            c = characters[random() % characters.size()];
        expect_an_orderly_end(input);
    }
}

TEST(DecodeAnything, FramesWithRandomDamage) {
    std::mt19937 random(13);
    const auto& files = support::corpus();
    for (int run = 0; run < runs; ++run) {
        std::string input;
        for (int frames = 0; frames < 20; ++frames)
            input += binary(files[random() % files.size()].name);
        for (int hits = 0; hits < 10; ++hits)
            switch (random() % 3) {
            case 0:
                input[random() % input.size()] = static_cast<char>(random());
                break;
            case 1:
                input.erase(random() % input.size(), random() % 50);
                break;
            default:
                input.insert(random() % input.size(), std::string(random() % 50, '\x7E'));
                break;
            }
        expect_an_orderly_end(random() % 2 == 0 ? input : hex(input));
    }
}

TEST(DecodeAnything, EveryOctetAloneAndEveryShortBeginning) {
    for (int octet = 0; octet < 256; octet += support::sanitized ? 5 : 1)
        expect_an_orderly_end(std::string(1, static_cast<char>(octet)));
    const std::string frame = binary(power);
    for (std::size_t size = 0; size <= frame.size(); size += support::sanitized ? 4 : 1)
        expect_an_orderly_end(frame.substr(0, size));
}

} // namespace
