// Counts heap allocations; a binary that uses this has operator new replaced.
#pragma once

#include <cstddef>

namespace support {

/// Calls of operator new so far.
[[nodiscard]] std::size_t allocations() noexcept;

} // namespace support
