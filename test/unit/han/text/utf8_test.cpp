// UTF-8: every octet sequence, against the rule of RFC 3629 put differently.
#include "han/text/utf8.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace {

using han::text::utf8_size;

std::string encode(std::uint32_t code_point) {
    const auto octet = [](std::uint32_t value) { return static_cast<char>(value); };
    if (code_point < 0x80)
        return {octet(code_point)};
    if (code_point < 0x800)
        return {octet(0xC0 | code_point >> 6), octet(0x80 | (code_point & 0x3F))};
    if (code_point < 0x10000)
        return {octet(0xE0 | code_point >> 12), octet(0x80 | (code_point >> 6 & 0x3F)),
                octet(0x80 | (code_point & 0x3F))};
    return {octet(0xF0 | code_point >> 18), octet(0x80 | (code_point >> 12 & 0x3F)),
            octet(0x80 | (code_point >> 6 & 0x3F)), octet(0x80 | (code_point & 0x3F))};
}

TEST(Utf8Test, TakesEveryCodePointAndNoSurrogate) {
    for (std::uint32_t code_point = 0; code_point < 0x110000; ++code_point) {
        const std::string text = encode(code_point);
        const bool surrogate = code_point >= 0xD800 && code_point < 0xE000;
        ASSERT_EQ(utf8_size(text + "x"), surrogate ? 0 : text.size()) << std::hex << code_point;
        for (std::size_t size = 1; size < text.size(); ++size)
            ASSERT_EQ(utf8_size(std::string_view(text).substr(0, size)), 0U) << "cut off";
    }
}

TEST(Utf8Test, RefusesWhatIsNone) {
    for (const char* text :
         {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3(", "\xE0\x80\x80", "\xE0\x9F\xBF",
          "\xE2\x82(", "\xE2(\xAC", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
          "\xF5\x80\x80\x80", "\xFE", "\xFF", "\xF0\x9F\x98("})
        EXPECT_EQ(utf8_size(text), 0U) << text;
    EXPECT_EQ(utf8_size(""), 0U);
    EXPECT_EQ(utf8_size(std::string_view("\0", 1)), 1U);
}

} // namespace
