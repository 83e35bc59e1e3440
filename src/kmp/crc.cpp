// CRC-16/XMODEM, bit by bit: fast enough for 1200 baud.
#include "kmp/crc.hpp"

namespace kmp {

std::uint16_t crc(han::Bytes octets) noexcept {
    constexpr unsigned polynomial = 0x1021;
    constexpr unsigned top = 0x8000;
    unsigned sum = 0;
    for (const std::uint8_t octet : octets) {
        sum ^= static_cast<unsigned>(octet) << 8U;
        for (int bit = 0; bit < 8; ++bit)
            sum = (sum << 1U) ^ ((sum & top) != 0 ? polynomial : 0U);
    }
    return static_cast<std::uint16_t>(sum);
}

} // namespace kmp
