// Numbers of several octets.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>

namespace han {

/// The number in the sizeof(Unsigned) octets from `data` on, most significant first, as DLMS has it.
template <std::unsigned_integral Unsigned>
[[nodiscard]] inline Unsigned big_endian(const std::uint8_t* data) noexcept {
    Unsigned value = 0;
    std::memcpy(&value, data, sizeof value);
    return std::endian::native == std::endian::little ? std::byteswap(value) : value;
}

/// Least significant first, as HDLC has its check sums.
template <std::unsigned_integral Unsigned>
[[nodiscard]] inline Unsigned little_endian(const std::uint8_t* data) noexcept {
    Unsigned value = 0;
    std::memcpy(&value, data, sizeof value);
    return std::endian::native == std::endian::big ? std::byteswap(value) : value;
}

} // namespace han
