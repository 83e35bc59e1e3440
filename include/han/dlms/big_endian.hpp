// Numbers as DLMS sends them: most significant octet first.
#pragma once

#include "han/base/bytes.hpp"

namespace han::dlms {

/// The unsigned number in all of `bytes`, of which there are 8 at most.
[[nodiscard]] constexpr std::uint64_t big_endian(Bytes bytes) noexcept {
    std::uint64_t value = 0;
    for (const std::uint8_t octet : bytes)
        value = value << 8U | octet;
    return value;
}

} // namespace han::dlms
