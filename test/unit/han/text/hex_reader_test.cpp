// Hex text to octets: every form of writing, every mistake with its place, pieces of any size; and
// how a capture is told to be text or binary.
#include "han/text/hex_reader.hpp"
#include "support/hex.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace {

using han::text::detect;
using han::text::Form;
using han::text::HexError;
using han::text::HexReader;

struct Result {
    std::string octets;
    std::string errors; ///< "2:3 'z'" for line, column and character, '' for a lone digit
};

Result read(std::string_view text, std::size_t piece = 0) {
    HexReader reader;
    std::vector<std::uint8_t> octets;
    std::vector<HexError> errors;
    if (piece == 0)
        piece = std::max<std::size_t>(text.size(), 1);
    for (; !text.empty(); text.remove_prefix(std::min(piece, text.size())))
        reader.feed(text.substr(0, piece), octets, errors);
    reader.finish(octets, errors);
    std::string list;
    for (const HexError& error : errors) {
        list.append(list.empty() ? "" : ", ").append(std::to_string(error.line)).append(":");
        list.append(std::to_string(error.column)).append(" '");
        if (error.character != '\0')
            list += error.character;
        list += '\'';
    }
    return {support::to_hex(octets), list};
}

struct Row {
    const char* name;
    const char* text;
    const char* octets;
    const char* errors = "";
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

const Row rows[] = {
    {"Nothing", "", ""},
    {"Plain", "7EA0E22B", "7EA0E22B"},
    {"LowerCase", "7ea0e22b", "7EA0E22B"},
    {"Blanks", "7E A0 E2\t2B", "7EA0E22B"},
    {"Commas", "7E,A0, E2 ,2B,", "7EA0E22B"},
    {"LineEnds", "7EA0\nE22B\r\n13\n", "7EA0E22B13"},
    {"Prefixes", "0x7E, 0xA0, 0XE2", "7EA0E2"},
    {"PrefixOfMany", "0x7EA0E2", "7EA0E2"},
    {"OneDigitBehindAPrefix", "0x7, 0xA 0x0", "070A00"},
    {"ZeroIsNoPrefix", "00 0000 0x00", "00000000"},
    {"Comments", "# 7E not this\n7E A0 # nor this E2\n2B#", "7EA02B"},
    {"Brackets", "[2026-11-20T15:59:30.412Z] 7E A0\n[x] E2 [12] 2B", "7EA0E22B"},
    {"BracketsEndWithTheLine", "[2026 7E\nA0", "A0"},
    {"CommentInBrackets", "[# ] 7E", "7E"},
    {"BracketsInComment", "# [ \n 7E", "7E"},
    {"CommentBehindAWord", "7EA0#E2\n2B", "7EA02B"},
    {"NoHexDigit", "7E zz A0", "7EA0", "1:4 'z'"},
    {"NoHexDigitInAWord", "7EA0g122 E2", "7EA0E2", "1:5 'g'"},
    {"OncePerWord", "xyz!\n uvw", "", "1:1 'x', 2:2 'u'"},
    {"LoneDigit", "7EA A0", "7EA0", "1:3 ''"},
    {"LoneDigitAtTheEnd", "7E A", "7E", "1:4 ''"},
    {"LoneDigitAtALineEnd", "7EA\n0", "7E", "1:3 '', 2:1 ''"},
    {"LoneDigitBeforeAComment", "7EA#", "7E", "1:3 ''"},
    {"PrefixInsideAWord", "7E0xA0 E2", "7EE2", "1:4 'x'"},
    {"PrefixTwice", "0x0x12 E2", "E2", "1:4 'x'"},
    {"MistakeInLine3", "7E\n\n  A0q\n", "7EA0", "3:5 'q'"},
    {"OctetsBeyondAscii", "7E \xC3\xA5 A0", "7EA0", "1:4 '\xC3'"},
};

class HexRows : public testing::TestWithParam<Row> {};

TEST_P(HexRows, AreRead) {
    const auto [octets, errors] = read(GetParam().text);
    EXPECT_EQ(octets, GetParam().octets);
    EXPECT_EQ(errors, GetParam().errors);
}

TEST_P(HexRows, AreReadTheSameInPieces) {
    for (const std::size_t piece : {1U, 2U, 3U}) {
        const auto [octets, errors] = read(GetParam().text, piece);
        EXPECT_EQ(octets, GetParam().octets) << piece;
        EXPECT_EQ(errors, GetParam().errors) << piece;
    }
}

INSTANTIATE_TEST_SUITE_P(Text, HexRows, testing::ValuesIn(rows),
                         [](const auto& row) { return row.param.name; });

TEST(HexReaderTest, AnyOctetsWrittenAsHexReadBack) {
    std::mt19937 random(4);
    const char* const separators[] = {"", " ", ", ", "\n", "\t", " 0x", "\r\n", " # note\n"};
    for (int times = 0; times < 500; ++times) {
        support::Octets octets(random() % 50);
        std::string text;
        for (auto& octet : octets) {
            octet = static_cast<std::uint8_t>(random());
            text += separators[random() % std::size(separators)];
            text += support::to_hex({&octet, 1});
        }
        const auto result = read(text, 1 + random() % 10);
        ASSERT_EQ(result.octets, support::to_hex(octets)) << text;
        ASSERT_EQ(result.errors, "") << text;
    }
}

TEST(DetectTest, TellsTextFromBinary) {
    const std::string long_comment = "# " + std::string(5000, 'a');
    struct Case {
        const char* name;
        std::string beginning;
        bool complete;
        std::optional<Form> form;
    };
    const Case cases[] = {
        {"a Kamstrup frame", "\x7E\xA0\xE2\x2B!\x13", false, Form::binary},
        {"a NUL", std::string("\0", 1), false, Form::binary},
        {"a control character", "7E A0\x01", false, Form::binary},
        {"DEL", "7E\x7F", false, Form::binary},
        {"a lone flag", "~", false, std::nullopt},
        {"a lone flag and no more", "~", true, Form::hex_text},
        {"a line of hex", "7E A0 E2\n", false, Form::hex_text},
        {"hex without line end", "7E A0 E2", false, std::nullopt},
        {"the same, complete", "7E A0 E2", true, Form::hex_text},
        {"a comment first", "# a capture\n", false, std::nullopt},
        {"and hex then", "# a capture\n7EA0\n", false, Form::hex_text},
        {"a comment with other letters", "# m\xC3\xA5ler\n7EA0\n", false, Form::hex_text},
        {"half a letter", "# m\xC3", false, std::nullopt},
        {"half a letter and no more", "7EA0 \xC3", true, Form::binary},
        {"a time stamp first", "[2026-11-20]\n", false, std::nullopt},
        {"a sign-on of IEC 62056-21", "/?!\r\n/KAM5 6841\r\n", false, Form::binary},
        {"a slash behind a comment", "# a\n/7E\n", false, Form::hex_text},
        {"nothing", "", true, Form::hex_text},
        {"nothing yet", "", false, std::nullopt},
        {"a long comment", long_comment, false, Form::hex_text},
        {"binary behind a comment", "# m\n~\xA0\xE2\x2B!", false, Form::binary},
    };
    for (const Case& row : cases) {
        const auto octets = support::ascii(row.beginning);
        EXPECT_EQ(detect(octets, row.complete), row.form) << row.name;
    }
}

} // namespace
