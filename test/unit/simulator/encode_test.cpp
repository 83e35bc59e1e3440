// The simulator's A-XDR, tag by tag, as in the Green Book.
#include "simulator/encode.hpp"
#include "support/hex.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

using hanport::simulator::Octets;
using hanport::simulator::Tag;

struct Row {
    const char* name;
    Tag tag;
    std::int64_t number;
    const char* octets;
};

constexpr Row rows[] = {
    {"double-long", Tag::i32, 123456789, "05 075BCD15"},
    {"negative double-long", Tag::i32, -2, "05 FFFFFFFE"},
    {"double-long-unsigned", Tag::u32, 4294967295, "06 FFFFFFFF"},
    {"integer", Tag::i8, -1, "0F FF"},
    {"long", Tag::i16, 300, "10 012C"},
    {"negative long", Tag::i16, -300, "10 FED4"},
    {"unsigned", Tag::u8, 200, "11 C8"},
    {"long-unsigned", Tag::u16, 65535, "12 FFFF"},
    {"long64", Tag::i64, -2, "14 FFFFFFFFFFFFFFFE"},
    {"long64-unsigned", Tag::u64, 2, "15 0000000000000002"},
    {"enum", Tag::enumerated, 27, "16 1B"},
    {"an unsigned type has no sign", Tag::u16, -7, "12 0007"},
};

TEST(SimulatorEncode, WritesEachNumberInItsType) {
    for (const Row& row : rows) {
        Octets out;
        append_number(out, row.tag, row.number);
        EXPECT_EQ(support::to_hex(out), support::to_hex(support::hex(row.octets))) << row.name;
    }
}

TEST(SimulatorEncode, WritesEachTextInItsType) {
    for (const auto& [tag, octets] :
         {std::pair(Tag::octets, "09024142"), std::pair(Tag::text, "0A024142"),
          std::pair(Tag::utf8, "0C024142")}) {
        Octets out;
        append_text(out, tag, "AB");
        EXPECT_EQ(support::to_hex(out), octets);
    }
}

TEST(SimulatorEncode, GuessesNoSizeAndCutsNothingOff) {
    Octets out;
    for (const Tag tag : {Tag::octets, Tag::text, Tag::utf8, Tag::array, Tag::structure})
        EXPECT_THROW(append_number(out, tag, 1), std::logic_error);
    EXPECT_THROW(append_number(out, Tag::i16, 32768), std::logic_error);
    EXPECT_THROW(append_number(out, Tag::i16, -32769), std::logic_error);
    EXPECT_THROW(append_number(out, Tag::u16, 65536), std::logic_error);
    EXPECT_THROW(append_number(out, Tag::u8, 256), std::logic_error);
}

} // namespace
