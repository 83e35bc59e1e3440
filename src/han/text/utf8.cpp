// UTF-8 characters, by the table of well-formed sequences of RFC 3629 section 4.
#include "han/text/utf8.hpp"

#include <array>
#include <cstdint>

namespace han::text {
namespace {

struct Sequence {
    std::uint8_t first_low, first_high;   // range of the first octet
    std::uint8_t second_low, second_high; // of the second; the others are 80…BF
    std::uint8_t size;
};

constexpr auto sequences = std::to_array<Sequence>({
    {0xC2, 0xDF, 0x80, 0xBF, 2},
    {0xE0, 0xE0, 0xA0, 0xBF, 3},
    {0xE1, 0xEC, 0x80, 0xBF, 3},
    {0xED, 0xED, 0x80, 0x9F, 3},
    {0xEE, 0xEF, 0x80, 0xBF, 3},
    {0xF0, 0xF0, 0x90, 0xBF, 4},
    {0xF1, 0xF3, 0x80, 0xBF, 4},
    {0xF4, 0xF4, 0x80, 0x8F, 4},
});

} // namespace

std::size_t utf8_size(std::string_view text) noexcept {
    const auto octet = [text](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    if (text.empty())
        return 0;
    if (octet(0) < 0x80)
        return 1;
    for (const Sequence& row : sequences) {
        if (octet(0) < row.first_low || octet(0) > row.first_high)
            continue;
        if (text.size() < row.size || octet(1) < row.second_low || octet(1) > row.second_high)
            return 0;
        for (std::size_t i = 2; i < row.size; ++i)
            if ((octet(i) & 0xC0U) != 0x80)
                return 0;
        return row.size;
    }
    return 0;
}

} // namespace han::text
