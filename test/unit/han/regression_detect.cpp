// Bugs that fuzzing found in the telling of a capture's form, each with what it takes to show it.
#include "han/text/hex_reader.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using han::text::detect;
using han::text::Form;

han::Bytes octets(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// After 4096 octets of text without a line end it is hex text. An octet behind them that no text
// has made it binary if it was read together with them, and hex text if it was read later.
TEST(Detect, DoesNotDependOnHowMuchIsRead) {
    const std::string text(4096, 'A');
    EXPECT_EQ(detect(octets(text), false), Form::hex_text);
    EXPECT_EQ(detect(octets(text + '\0'), false), Form::hex_text);
    EXPECT_EQ(detect(octets(text + "\xFF\xFF\xFF\xFF"), true), Form::hex_text);
}

} // namespace
