// Included by targets whose input is a stream of HDLC frames: has libFuzzer mutate it, and repairs
// the frames of three in four mutants, so that most of them get past the check sums.
#pragma once

#include "support/plain_hdlc.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
    size = LLVMFuzzerMutate(data, size, most);
    if (seed % 4 != 0)
        support::repair({data, size});
    return size;
}
