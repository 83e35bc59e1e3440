// Decimals: exact text of every integer and power of ten, and floats as the shortest decimal.
#include "han/base/decimal.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cfloat>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>

namespace {

using han::Decimal;

std::string text(const Decimal& number) {
    std::string out;
    append(out, number);
    return out;
}

TEST(DecimalTest, PrintsIntegersWithTheirPowerOfTen) {
    struct Row {
        std::uint64_t magnitude;
        bool negative;
        int exponent;
        const char* text;
    };
    const Row rows[] = {
        {0, false, 0, "0"},
        {1468, false, 0, "1468"},
        {564, false, -2, "5.64"},
        {560, false, -2, "5.60"},
        {500, false, -2, "5.00"},
        {0, false, -2, "0.00"},
        {5, false, -2, "0.05"},
        {5, true, -2, "-0.05"},
        {10, true, -1, "-1.0"},
        {40, false, -3, "0.040"},
        {100, false, -2, "1.00"},
        {99, false, -2, "0.99"},
        {10955225, false, 1, "109552250"},
        {0, false, 1, "0"},
        {0, false, 127, "0"},
        {7, false, 30, "7000000000000000000000000000000"},
        {7, false, 31, "7e31"},
        {7, true, 127, "-7e127"},
        {7, false, -30, "0.000000000000000000000000000007"},
        {7, false, -31, "7e-31"},
        {18446744073709551615U, false, 0, "18446744073709551615"},
        {18446744073709551615U, false, -3, "18446744073709551.615"},
        {9223372036854775808U, true, 0, "-9223372036854775808"},
    };
    for (const Row& row : rows)
        EXPECT_EQ(text({row.magnitude, row.negative, static_cast<std::int16_t>(row.exponent)}),
                  row.text);
}

TEST(DecimalTest, TakesEverySignedAndUnsignedNumber) {
    EXPECT_EQ(text(Decimal::of_unsigned(std::numeric_limits<std::uint64_t>::max())),
              "18446744073709551615");
    for (const std::int64_t value :
         {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{-9007199254740993},
          std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()})
        EXPECT_EQ(text(Decimal::of_signed(value)), std::to_string(value));
}

TEST(DecimalTest, PrintsFloatsAsTheirShortestDecimal) {
    struct Row {
        double value;
        const char* text;
    };
    const Row rows[] = {
        {0.0, "0"},
        {1.0, "1"},
        {-1.0, "-1"},
        {50.25, "50.25"},
        {-0.375, "-0.375"},
        {0.1, "0.1"},
        {100.0, "100"},
        {250.0, "250"},
        {1e18, "1000000000000000000"},
        {1e-3, "0.001"},
        {123456.789, "123456.789"},
        {5e-324, "5e-324"},
        {DBL_MAX, "17976931348623157e292"},
    };
    for (const Row& row : rows) {
        const auto number = Decimal::of_float(row.value);
        ASSERT_TRUE(number) << row.text;
        EXPECT_EQ(text(*number), row.text);
    }
    EXPECT_EQ(text(*Decimal::of_float(0.1F)), "0.1") << "shortest for a float, not for a double";
    EXPECT_EQ(text(*Decimal::of_float(16777216.0F)), "16777216");
    EXPECT_EQ(text(*Decimal::of_float(231.4F)), "231.4");
}

TEST(DecimalTest, NoDecimalForWhatIsNoNumber) {
    for (const double value : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
        EXPECT_FALSE(Decimal::of_float(value)) << value;
        EXPECT_FALSE(Decimal::of_float(static_cast<float>(value))) << value;
    }
}

// The second way: what was printed, read back by the C library, is the number itself.
TEST(DecimalTest, AnyFloatReadsBackAsItself) {
    std::mt19937_64 random(3);
    for (int times = 0; times < 20000; ++times) {
        const auto value = std::bit_cast<double>(random());
        const auto number = Decimal::of_float(value);
        ASSERT_EQ(number.has_value(), std::isfinite(value));
        if (number) {
            ASSERT_EQ(std::strtod(text(*number).c_str(), nullptr), value) << text(*number);
        }
        const auto single = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
        if (const auto short_number = Decimal::of_float(single)) {
            ASSERT_EQ(std::strtof(text(*short_number).c_str(), nullptr), single);
        }
    }
}

} // namespace
