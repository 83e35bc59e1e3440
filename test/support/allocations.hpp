// Counts what is taken from the heap; a binary that calls this has operator new replaced.
#pragma once

#include <cstddef>

namespace support {

/// Calls of operator new so far.
[[nodiscard]] std::size_t allocations() noexcept;

} // namespace support
