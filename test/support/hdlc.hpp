// A simple, slow implementation of HDLC: the check sum bit by bit, construction of frames, and a
// naive search for intact frames. It tests the deframer independently and shares no code with it.
#pragma once

#include "support/hex.hpp"

#include <cstddef>

namespace support {

/// CRC-16/X-25 bit by bit (ISO/IEC 13239; polynomial 1021 reflected to 8408).
[[nodiscard]] std::uint16_t crc16(std::span<const std::uint8_t> octets);

/// The check sum in the order sent: low octet first.
[[nodiscard]] Octets crc16_sent(std::span<const std::uint8_t> octets);

struct FrameForm {
    std::string_view addresses_and_control = "41 0883 13";
    bool segmentation = false;
};

/// A frame with both flags around `information`; without HCS if that is empty.
[[nodiscard]] Octets frame(const Octets& information, const FrameForm& form = {});

struct FoundFrame {
    std::size_t offset = 0; ///< of the opening flag
    std::size_t size = 0;   ///< with both flags
    bool segmentation = false;

    friend bool operator==(const FoundFrame&, const FoundFrame&) = default;
};

/// All intact frames of a complete stream. At every flag from left to right it checks format type
/// 3, length, closing flag, FCS and HCS. After a hit it continues with the closing flag, otherwise
/// one octet further.
[[nodiscard]] std::vector<FoundFrame> find_frames(std::span<const std::uint8_t> stream);

} // namespace support
