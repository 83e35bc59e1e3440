// What every layer reads: a view of raw octets. The view owns nothing.
#pragma once

#include <cstdint>
#include <span>

namespace han {

using Bytes = std::span<const std::uint8_t>;

} // namespace han
