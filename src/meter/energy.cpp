// Decimal numbers to integers.
#include "meter/energy.hpp"

namespace hanport::meter {

std::optional<std::int64_t> to_integer(const han::Decimal& number, int exponent) noexcept {
    constexpr std::uint64_t most = 1'000'000'000'000;
    std::uint64_t magnitude = number.magnitude;
    int shift = number.exponent - exponent;
    for (; shift > 0 && magnitude > 0; --shift) {
        if (magnitude > most)
            return std::nullopt;
        magnitude *= 10;
    }
    for (; shift < 0 && magnitude > 0; ++shift)
        magnitude /= 10;
    if (magnitude > most)
        return std::nullopt;
    const auto result = static_cast<std::int64_t>(magnitude);
    return number.negative ? -result : result;
}

} // namespace hanport::meter
