// Decimal number: an integer and a power of ten. It stays exact from the meter to the output.
// Floating point is used only if the meter sends it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace han {

/// (-1)^negative * magnitude * 10^exponent. The number of decimals is kept: 560 * 10^-2 prints as
/// 5.60, because the meter sent it with that resolution.
struct Decimal {
    std::uint64_t magnitude = 0;
    bool negative = false;
    std::int16_t exponent = 0;

    [[nodiscard]] static constexpr Decimal of_unsigned(std::uint64_t value) noexcept {
        return {.magnitude = value};
    }

    [[nodiscard]] static constexpr Decimal of_signed(std::int64_t value) noexcept {
        // Negated as unsigned, so that the lowest int64 has a magnitude too.
        const auto bits = static_cast<std::uint64_t>(value);
        return {.magnitude = value < 0 ? 0U - bits : bits, .negative = value < 0};
    }

    /// The shortest decimal that reads back as `value` (IEEE 754); empty for NaN and the
    /// infinities.
    [[nodiscard]] static std::optional<Decimal> of_float(float value) noexcept;
    [[nodiscard]] static std::optional<Decimal> of_float(double value) noexcept;

    friend bool operator==(const Decimal&, const Decimal&) = default;
};

/// Appends the number in JSON notation: plain digits ("109552250", "5.64", "-1.0"). With more than
/// 30 zeros on either side of the point, scientific notation: "3e40".
void append(std::string& out, const Decimal& number);

} // namespace han
