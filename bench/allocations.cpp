// The counting operator new. In a file of its own, so that it is not inlined where it is used.
#include "allocations.hpp"

#include <cstdlib>
#include <new>

std::uint64_t allocations = 0;

void* operator new(std::size_t size) {
    ++allocations;
    if (void* const memory = std::malloc(size))
        return memory;
    throw std::bad_alloc();
}

void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
