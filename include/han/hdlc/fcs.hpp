// The check sum of HDLC: CRC-16/X-25 (ISO/IEC 13239 4.2.5.2; polynomial 1021 reflected to 8408,
// initial FFFF, final XOR FFFF, sent low octet first). HCS and FCS are both this sum.
#pragma once

#include "han/base/bytes.hpp"

namespace han::hdlc {

/// The running register. Sums over pieces equal the sum over the whole, so the FCS goes on where
/// the HCS was read off.
class Fcs {
  public:
    /// Takes in `bytes`, sixteen at a time.
    void add(Bytes bytes) noexcept;

    /// The check sum of all that was added; its low octet is sent first.
    [[nodiscard]] std::uint16_t value() const noexcept {
        return static_cast<std::uint16_t>(~register_ & 0xFFFFU);
    }

  private:
    std::uint32_t register_ = 0xFFFF;
};

/// The check sum of `bytes` alone.
[[nodiscard]] inline std::uint16_t fcs(Bytes bytes) noexcept {
    Fcs sum;
    sum.add(bytes);
    return sum.value();
}

} // namespace han::hdlc
