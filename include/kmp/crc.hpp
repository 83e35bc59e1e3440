// The check sum of the Kamstrup Meter Protocol (KMP): CRC-16/XMODEM.
#pragma once

#include "han/base/bytes.hpp"

namespace kmp {

/// Polynomial 1021, initial value 0, not reflected, no final XOR. Over octets followed by their own
/// check sum, high octet first, the result is 0.
[[nodiscard]] std::uint16_t crc(han::Bytes octets) noexcept;

} // namespace kmp
