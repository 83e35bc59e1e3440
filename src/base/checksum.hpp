// The check sum of all state files.
#pragma once

#include <cstdint>
#include <string_view>

namespace hanport::base {

/// FNV-1a, 64 bits. Each step is a bijection for a given octet, so damage within one octet always
/// changes the sum; other damage is missed once in 2^64.
[[nodiscard]] constexpr std::uint64_t checksum_of(std::string_view octets) noexcept {
    std::uint64_t sum = 0xCBF2'9CE4'8422'2325;
    for (const char octet : octets)
        sum = (sum ^ static_cast<unsigned char>(octet)) * 0x100'0000'01B3;
    return sum;
}

} // namespace hanport::base
