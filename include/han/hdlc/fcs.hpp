// The check sum of HDLC: CRC-16/X-25 (ISO/IEC 13239 4.2.5.2; polynomial 1021 reflected to 8408,
// initial FFFF, final XOR FFFF, sent low octet first). HCS and FCS are both this sum.
#pragma once

#include "han/base/bytes.hpp"

namespace han::hdlc {

/// The check sum of `bytes`; its low octet is sent first. Of data and its check sum together it is
/// always the same number, 0F47 (the complement of F0B8).
[[nodiscard]] std::uint16_t fcs(Bytes bytes) noexcept;

} // namespace han::hdlc
