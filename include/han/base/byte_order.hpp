// Numbers as DLMS sends them: most significant octet first.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>

namespace han::dlms {

/// The number in the sizeof(Unsigned) octets from `data` on.
template <std::unsigned_integral Unsigned>
[[nodiscard]] inline Unsigned big_endian(const std::uint8_t* data) noexcept {
    Unsigned value = 0;
    std::memcpy(&value, data, sizeof value);
    return std::endian::native == std::endian::little ? std::byteswap(value) : value;
}

} // namespace han::dlms
