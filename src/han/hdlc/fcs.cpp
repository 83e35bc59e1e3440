// CRC-16/X-25 by slices: table k holds the effect of an octet followed by k more octets, so sixteen
// octets need sixteen independent look-ups.
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

// The register after `Size` more octets. Only the first two of them are combined with the register.
template <std::size_t Size>
std::uint32_t step(std::uint32_t reg, const std::uint8_t* at) noexcept {
    std::uint32_t rest = 0;
    for (std::size_t i = 2; i < Size; ++i)
        rest ^= tables[Size - 1 - i][at[i]];
    return rest ^ tables[Size - 1][(reg ^ at[0]) & 0xFFU] ^ tables[Size - 2][(reg >> 8) ^ at[1]];
}

} // namespace

std::uint16_t fcs(Bytes bytes, std::uint16_t before) noexcept {
    std::uint32_t reg = before;
    const std::uint8_t* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= slice; left -= slice, at += slice)
        reg = step<slice>(reg, at);
    if (left >= 8) {
        reg = step<8>(reg, at);
        left -= 8;
        at += 8;
    }
    if (left >= 4) {
        reg = step<4>(reg, at);
        left -= 4;
        at += 4;
    }
    for (; left > 0; --left, ++at)
        reg = (reg >> 8) ^ tables[0][(reg ^ *at) & 0xFFU];
    return static_cast<std::uint16_t>(~reg & 0xFFFFU);
}

} // namespace han::hdlc
