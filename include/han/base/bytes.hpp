// Non-owning view of raw bytes.
#pragma once

#include <cstdint>
#include <span>

namespace han {

using Bytes = std::span<const std::uint8_t>;

} // namespace han
