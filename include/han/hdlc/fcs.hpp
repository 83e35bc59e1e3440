// The check sum of HDLC: CRC-16/X-25 (ISO/IEC 13239 4.2.5.2; polynomial 1021 reflected to 8408,
// initial FFFF, final XOR FFFF, sent low octet first). HCS and FCS are both this sum.
#pragma once

#include "han/base/bytes.hpp"

namespace han::hdlc {

/// Value of the register after octets and their own correct check sum.
inline constexpr std::uint16_t good_residue = 0xF0B8;

/// The check sum of `bytes`; its low octet is sent first. To continue an earlier part, pass the
/// register after that part as `before`. Over data and its check sum together the result is always
/// 0F47 (the complement of good_residue).
[[nodiscard]] std::uint16_t fcs(Bytes bytes, std::uint16_t before = 0xFFFF) noexcept;

} // namespace han::hdlc
