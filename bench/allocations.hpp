// Counts calls of operator new in this process.
#pragma once

#include <cstdint>

extern std::uint64_t allocations; // not atomic: the benchmarks run on one thread
