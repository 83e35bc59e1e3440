// What a fuzz target holds to be true of every input; libFuzzer keeps the input where it is not.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace support {

inline void expect(bool holds, const char* what) {
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

} // namespace support
