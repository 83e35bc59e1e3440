// Cuts an input into chunks at places that its own octets choose, so that inputs stay plain
// captures and every one has chunks of its own. After some chunks the line falls silent.
#pragma once

#include "han/base/bytes.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace support {

/// The end of a chunk.
struct Cut {
    std::size_t end = 0;  ///< octets of the input up to here
    bool silence = false; ///< flush() is called here
};

inline std::vector<Cut> cuts(han::Bytes input) {
    std::vector<Cut> cuts;
    std::uint32_t mix = 0x811C9DC5;
    for (std::size_t at = 0; at < input.size();) {
        mix = (mix ^ input[at]) * 0x01000193U;
        const std::size_t most = (mix & 7U) == 0 ? 4096 : 48;
        at = std::min(input.size(), at + 1 + (mix >> 8U) % most);
        cuts.push_back({.end = at, .silence = mix >> 28U == 0 || at == input.size()});
    }
    return cuts;
}

/// Feeds `to` the input chunk by chunk, or (`whole`) in the longest pieces between silences. Each
/// chunk is a copy on the heap and gone after the call: whoever keeps a pointer into it is caught.
template <class Consumer>
void replay(han::Bytes input, const std::vector<Cut>& cuts, bool whole, Consumer& to) {
    std::size_t begin = 0;
    for (const Cut& cut : cuts) {
        if (whole && !cut.silence)
            continue;
        const auto piece = input.subspan(begin, cut.end - begin);
        to.feed(std::vector<std::uint8_t>(piece.begin(), piece.end()));
        if (cut.silence)
            to.flush();
        begin = cut.end;
    }
}

} // namespace support
