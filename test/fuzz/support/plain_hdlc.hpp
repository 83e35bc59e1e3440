// HDLC once more, the plain way and apart from the library: an octet at a time, the whole input at
// hand. It says which frames of an input are intact, and repairs frames that a mutation has broken,
// because a fuzzer alone hardly ever hits a check sum.
#pragma once

#include "han/base/bytes.hpp"

#include <cstddef>
#include <optional>
#include <span>

namespace support {

inline constexpr std::uint8_t flag = 0x7E;

/// CRC-16/X-25, a bit at a time.
inline std::uint16_t crc(han::Bytes bytes) {
    unsigned sum = 0xFFFF;
    for (const unsigned octet : bytes) {
        sum ^= octet;
        for (int bit = 0; bit < 8; ++bit)
            sum = (sum & 1U) != 0 ? sum >> 1U ^ 0x8408U : sum >> 1U;
    }
    return static_cast<std::uint16_t>(sum ^ 0xFFFFU);
}

/// Where the parts of a frame stand, counted from its opening flag.
struct Places {
    std::size_t hcs = 0;
    std::size_t information = 0; ///< 0 where there is none
    std::size_t fcs = 0;
    std::size_t closing_flag = 0;
};

/// The places of the frame that begins with the flag at the first octet of `bytes`, by its header
/// and with `length` octets between the flags; none if it is no frame of type 3.
inline std::optional<Places> places(han::Bytes bytes, std::size_t length) {
    if (bytes.size() < 3 || bytes[0] != flag || bytes[1] >> 4U != 0xA)
        return std::nullopt;
    std::size_t at = 3;
    for (int address = 0; address < 2; ++address) {
        std::size_t size = 1;
        while (size <= 4 && at + size <= bytes.size() && (bytes[at + size - 1] & 1U) == 0)
            ++size;
        if (size == 3 || size > 4)
            return std::nullopt;
        at += size;
    }
    at += 1; // control
    const Places places{.hcs = at,
                        .information = length == at + 1 ? 0 : at + 2,
                        .fcs = length - 1,
                        .closing_flag = length + 1};
    if (length < at + 1 || (places.information != 0 && places.fcs <= places.information))
        return std::nullopt;
    return places;
}

inline std::size_t stated_length(han::Bytes bytes) {
    return bytes.size() < 3 ? 0 : (bytes[1] & 7U) << 8U | bytes[2];
}

/// The places of an intact frame that begins at the first octet of `bytes` and ends within them.
inline std::optional<Places> intact_frame(han::Bytes bytes) {
    const auto frame = places(bytes, stated_length(bytes));
    if (!frame || frame->closing_flag >= bytes.size() || bytes[frame->closing_flag] != flag)
        return std::nullopt;
    const auto holds = [&](std::size_t at) {
        return crc(bytes.subspan(1, at - 1)) == (bytes[at] | bytes[at + 1] << 8U);
    };
    if ((frame->information != 0 && !holds(frame->hcs)) || !holds(frame->fcs))
        return std::nullopt;
    return frame;
}

/// Makes what looks like frames intact: a length that meets no flag is set to end at the next flag
/// that does not look like data, and both check sums are set.
inline void repair(std::span<std::uint8_t> bytes) {
    const auto ends_frame = [&](std::size_t at) {
        return at < bytes.size() && bytes[at] == flag &&
               (at + 1 == bytes.size() || bytes[at + 1] == flag || bytes[at + 1] >> 4U == 0xA);
    };
    for (std::size_t begin = 0; begin + 3 < bytes.size(); ++begin) {
        const auto rest = bytes.subspan(begin);
        if (rest[0] != flag || rest[1] >> 4U != 0xA)
            continue;
        std::size_t length = stated_length(rest);
        if (length + 1 >= rest.size() || rest[length + 1] != flag) {
            length = 7;
            while (begin + length + 1 < bytes.size() && !ends_frame(begin + length + 1))
                ++length;
            if (length > 0x7FF)
                continue;
        }
        const auto frame = places(rest, length);
        if (!frame || frame->closing_flag >= rest.size())
            continue;
        rest[1] = static_cast<std::uint8_t>((rest[1] & 0xF8U) | length >> 8U);
        rest[2] = static_cast<std::uint8_t>(length);
        const auto set = [&](std::size_t at) {
            const unsigned sum = crc(rest.subspan(1, at - 1));
            rest[at] = static_cast<std::uint8_t>(sum);
            rest[at + 1] = static_cast<std::uint8_t>(sum >> 8U);
        };
        if (frame->information != 0)
            set(frame->hcs);
        set(frame->fcs);
        begin += frame->closing_flag - 1; // the closing flag may open the next frame
    }
}

} // namespace support
