// CRC-16/X-25 by slices of sixteen: table k holds the effect of an octet that k more octets follow,
// so sixteen octets cost sixteen independent look-ups instead of a chain of sixteen.
#include "han/hdlc/fcs.hpp"

#include <array>
#include <cstddef>

namespace han::hdlc {
namespace {

constexpr std::size_t slice = 16;
using Table = std::array<std::uint16_t, 256>;

constexpr std::array<Table, slice> make_tables() {
    std::array<Table, slice> tables{};
    for (unsigned octet = 0; octet < 256; ++octet) {
        unsigned reg = octet;
        for (int bit = 0; bit < 8; ++bit)
            reg = (reg >> 1) ^ ((reg & 1U) != 0 ? 0x8408U : 0U);
        tables[0][octet] = static_cast<std::uint16_t>(reg);
    }
    for (std::size_t k = 1; k < slice; ++k)
        for (std::size_t octet = 0; octet < 256; ++octet) {
            const unsigned before = tables[k - 1][octet];
            tables[k][octet] =
                static_cast<std::uint16_t>((before >> 8) ^ tables[0][before & 0xFFU]);
        }
    return tables;
}

constexpr auto tables = make_tables();

} // namespace

void Fcs::add(Bytes bytes) noexcept {
    std::uint32_t reg = register_;
    const std::uint8_t* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= slice; left -= slice, at += slice) {
        // The last fourteen octets do not depend on the register; only the first two do.
        std::uint32_t rest = 0;
        for (std::size_t i = 2; i < slice; ++i)
            rest ^= tables[slice - 1 - i][at[i]];
        reg =
            rest ^ tables[slice - 1][(reg ^ at[0]) & 0xFFU] ^ tables[slice - 2][(reg >> 8) ^ at[1]];
    }
    for (; left > 0; --left, ++at)
        reg = (reg >> 8) ^ tables[0][(reg ^ *at) & 0xFFU];
    register_ = reg;
}

} // namespace han::hdlc
