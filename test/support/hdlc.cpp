// A simple, slow implementation of HDLC; see hdlc.hpp.
#include "support/hdlc.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace support {
namespace {

using View = std::span<const std::uint8_t>;

bool sums_up(View octets_and_sum) {
    const Octets sum = crc16_sent(octets_and_sum.first(octets_and_sum.size() - 2));
    return std::equal(sum.begin(), sum.end(), octets_and_sum.end() - 2);
}

// Size of the address at `at`: 1, 2 or 4; its last octet is odd.
std::optional<std::size_t> address_size(View octets, std::size_t at) {
    for (const std::size_t size : {1U, 2U, 4U}) {
        if (at + size > octets.size())
            return std::nullopt;
        bool ends = (octets[at + size - 1] & 1U) == 1;
        for (std::size_t i = 0; i + 1 < size; ++i)
            ends = ends && (octets[at + i] & 1U) == 0;
        if (ends)
            return size;
    }
    return std::nullopt;
}

// The frame whose opening flag is the first octet of `rest`.
std::optional<FoundFrame> frame_at(View rest) {
    if (rest.size() < 9 || rest[0] != 0x7E || (rest[1] >> 4U) != 0xA)
        return std::nullopt;
    const std::size_t length = (rest[1] & 7U) * 256U + rest[2];
    if (length < 7 || rest.size() < length + 2 || rest[length + 1] != 0x7E)
        return std::nullopt;
    const View inner = rest.subspan(1, length);
    if (!sums_up(inner))
        return std::nullopt;
    std::size_t header = 2;
    for (int address = 0; address < 2; ++address) {
        const auto size = address_size(inner, header);
        if (!size)
            return std::nullopt;
        header += *size;
    }
    header += 1;
    const bool bare = length == header + 2;
    if (!bare && (length <= header + 4 || !sums_up(inner.first(header + 2))))
        return std::nullopt;
    return FoundFrame{.size = length + 2, .segmentation = (rest[1] & 8U) != 0};
}

} // namespace

std::uint16_t crc16(View octets) {
    unsigned reg = 0xFFFF;
    for (const std::uint8_t octet : octets)
        for (unsigned bit = 0; bit < 8; ++bit) {
            const bool carry = ((reg ^ (octet >> bit)) & 1U) != 0;
            reg = (reg >> 1U) ^ (carry ? 0x8408U : 0U);
        }
    return static_cast<std::uint16_t>(reg ^ 0xFFFFU);
}

Octets crc16_sent(View octets) {
    const unsigned sum = crc16(octets);
    return {static_cast<std::uint8_t>(sum & 0xFFU), static_cast<std::uint8_t>(sum >> 8U)};
}

Octets frame(const Octets& information, const FrameForm& form) {
    const Octets head = hex(form.addresses_and_control);
    const std::size_t length =
        2 + head.size() + (information.empty() ? 0 : 2 + information.size()) + 2;
    if (length > 0x7FF)
        throw std::length_error("a frame has 2047 octets at most");
    Octets inner{static_cast<std::uint8_t>(0xA0U | (form.segmentation ? 8U : 0U) | length >> 8U),
                 static_cast<std::uint8_t>(length & 0xFFU)};
    inner = join(inner, head);
    if (!information.empty())
        inner = join(inner, crc16_sent(inner), information);
    return join(Octets{0x7E}, inner, crc16_sent(inner), Octets{0x7E});
}

std::vector<FoundFrame> find_frames(View stream) {
    std::vector<FoundFrame> found;
    for (std::size_t at = 0; at < stream.size();) {
        if (auto frame = frame_at(stream.subspan(at))) {
            frame->offset = at;
            found.push_back(*frame);
            at += frame->size - 1;
        } else {
            ++at;
        }
    }
    return found;
}

} // namespace support
