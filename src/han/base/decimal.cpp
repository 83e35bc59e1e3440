// Decimals to text, and IEEE 754 numbers to decimals.
#include "han/base/decimal.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace han {
namespace {

constexpr int most_zeros = 30;

template <class Float>
std::optional<Decimal> shortest(Float value) noexcept {
    if (!std::isfinite(value))
        return std::nullopt;
    // "d.ddde+xx": the shortest digits that read back, at most 17, so they fit into 64 bits.
    std::array<char, 40> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific)
            .ptr;
    Decimal number{.negative = std::signbit(value)};
    const char* at = text.data() + (number.negative ? 1 : 0);
    int decimals = 0;
    for (bool behind_point = false; at != end && *at != 'e'; ++at) {
        if (*at == '.') {
            behind_point = true;
            continue;
        }
        number.magnitude = number.magnitude * 10 + static_cast<std::uint64_t>(*at - '0');
        decimals += behind_point ? 1 : 0;
    }
    at += at[1] == '+' ? 2 : 1;
    int power = 0;
    std::from_chars(at, end, power);
    number.exponent = static_cast<std::int16_t>(power - decimals);
    // 2.5e+02 is 25 * 10^1, which is the integer 250.
    while (number.exponent > 0 && number.exponent <= 18 &&
           number.magnitude < 1'000'000'000'000'000'000) {
        number.magnitude *= 10;
        --number.exponent;
    }
    return number;
}

} // namespace

std::optional<Decimal> Decimal::of_float(float value) noexcept {
    return shortest(value);
}
std::optional<Decimal> Decimal::of_float(double value) noexcept {
    return shortest(value);
}

void append(std::string& out, const Decimal& number) {
    std::array<char, 20> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), number.magnitude).ptr;
    const std::string_view digits(buffer.data(), end);
    const int exponent = number.exponent;
    if (number.negative)
        out += '-';
    if (exponent == 0 || (exponent > 0 && number.magnitude == 0)) {
        out += digits;
    } else if (exponent > most_zeros || exponent < -most_zeros) {
        out += digits;
        out += 'e';
        out += std::to_string(exponent);
    } else if (exponent > 0) {
        out += digits;
        out.append(static_cast<std::size_t>(exponent), '0');
    } else {
        const auto decimals = static_cast<std::size_t>(-exponent);
        if (digits.size() > decimals) {
            out += digits.substr(0, digits.size() - decimals);
            out += '.';
            out += digits.substr(digits.size() - decimals);
        } else {
            out += "0.";
            out.append(decimals - digits.size(), '0');
            out += digits;
        }
    }
}

} // namespace han
