// The check sum of everything that hanport keeps for itself.
#pragma once

#include <cstdint>
#include <string_view>

namespace hanport {

/// FNV-1a of 64 bits. With the octet given, each step maps sums one to one, so damage within one
/// octet always changes the sum; of any other damage one in 2^64 does not.
[[nodiscard]] constexpr std::uint64_t checksum_of(std::string_view octets) noexcept {
    std::uint64_t sum = 0xCBF2'9CE4'8422'2325;
    for (const char octet : octets)
        sum = (sum ^ static_cast<unsigned char>(octet)) * 0x100'0000'01B3;
    return sum;
}

} // namespace hanport
