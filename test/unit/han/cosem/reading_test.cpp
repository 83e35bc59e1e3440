// What a value may be besides a number: bit-strings by their bits.
#include "han/cosem/reading.hpp"
#include "support/hex.hpp"

#include <gtest/gtest.h>

namespace {

using han::cosem::Bits;

TEST(BitsTest, AreCountedFromTheHighestOfTheFirstOctet) {
    const auto octets = support::hex("B38001");
    const Bits bits{octets.data(), 24};
    std::string text;
    for (std::uint32_t i = 0; i < bits.count; ++i)
        text += bits[i] ? '1' : '0';
    EXPECT_EQ(text, "101100111000000000000001");
}

} // namespace
