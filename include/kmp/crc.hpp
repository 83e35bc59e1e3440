// The check sum of the Kamstrup Meter Protocol (KMP): CRC-16/XMODEM.
#pragma once

#include "han/base/bytes.hpp"

namespace kmp {

/// Polynomial 1021, initial value 0, bits not reflected, nothing XORed at the end. Over octets with
/// their own check sum behind, high octet first, it is 0.
[[nodiscard]] std::uint16_t crc(han::Bytes octets) noexcept;

} // namespace kmp
