// HDLC frame format type 3 (ISO/IEC 13239 4.9, IEC 62056-46 6.4), between two flags:
//
//   octets
//   2          frame format   1010 S LLLLLLLLLLL: type 3, S = segmentation,
//                             L = length of all between the flags
//   1, 2 or 4  destination    the last octet has its lowest bit set
//   1, 2 or 4  source         likewise
//   1          control
//   2          HCS            over all before it; missing if there is no information field
//   0…n        information
//   2          FCS            over all before it
//
// There is no octet stuffing: 7E occurs inside a frame, and only the length shows where it ends.
#pragma once

#include "han/base/bytes.hpp"
#include "han/hdlc/error.hpp"

#include <cstddef>
#include <expected>

namespace han::hdlc {

inline constexpr std::uint8_t flag = 0x7E;
inline constexpr std::size_t max_length = 0x7FF; ///< of all between the flags
inline constexpr std::size_t format_size = 2;    ///< octets of the frame format
inline constexpr std::size_t check_size = 2;     ///< octets of an HCS or FCS

/// The header: the octets up to and including control.
struct Header {
    std::size_t length = 0; ///< of all between the flags, 7…2047
    std::size_t size = 0;   ///< octets from the frame format up to and including control, 5…11
    bool segmentation = false;

    [[nodiscard]] bool has_information() const noexcept { return length > size + check_size; }
};

/// An intact frame. The information field points into the deframer's buffer.
struct Frame {
    std::uint64_t offset = 0;  ///< of the opening flag, in octets from the start of the stream
    bool segmentation = false; ///< more segments of the same message follow
    Bytes information;         ///< empty if the frame has none
};

/// True if `octet` can follow a flag as the first octet of a frame format type 3.
[[nodiscard]] constexpr bool is_type_3(std::uint8_t octet) noexcept {
    return (octet & 0xF0U) == 0xA0U;
}

/// The length in the frame format, which is the first two octets of `bytes`.
[[nodiscard]] constexpr std::size_t frame_length(Bytes bytes) noexcept {
    return (bytes[0] & 0x07U) * std::size_t{256} + bytes[1];
}

/// Reads the header at the start of `bytes`, whose first octet satisfies is_type_3(), and checks
/// everything except the check sums.
/// Errors: incomplete (more octets are needed), bad_address, bad_length.
[[nodiscard]] std::expected<Header, Error> parse_header(Bytes bytes) noexcept;

} // namespace han::hdlc
