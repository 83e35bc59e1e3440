// Reads numbers of several octets.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>

namespace han {

/// The big-endian number (the byte order of DLMS) in the first sizeof(Unsigned) octets of `data`.
template <std::unsigned_integral Unsigned>
[[nodiscard]] inline Unsigned big_endian(const std::uint8_t* data) noexcept {
    Unsigned value = 0;
    std::memcpy(&value, data, sizeof value);
    return std::endian::native == std::endian::little ? std::byteswap(value) : value;
}

/// The little-endian number (the byte order of HDLC check sums).
template <std::unsigned_integral Unsigned>
[[nodiscard]] inline Unsigned little_endian(const std::uint8_t* data) noexcept {
    Unsigned value = 0;
    std::memcpy(&value, data, sizeof value);
    return std::endian::native == std::endian::big ? std::byteswap(value) : value;
}

} // namespace han
