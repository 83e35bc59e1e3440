// Why the HDLC layer refused octets.
#pragma once

#include "han/base/reason.hpp"

#include <cstdint>

namespace han::hdlc {

enum class Error : std::uint8_t {
    outside_frame,   ///< octets that belong to no frame: noise, or the tail of a frame joined late
    bad_length,      ///< the length in the frame format cannot hold the header it announces
    bad_address,     ///< an address of other than 1, 2 or 4 octets
    bad_hcs,         ///< the header check sequence is wrong
    no_closing_flag, ///< no flag at the end given by the length
    bad_fcs,         ///< the frame check sequence is wrong
    incomplete,      ///< the octets ended, or the line fell silent, inside a frame
    segment_lost, ///< a segmented message was not completed before the next one, or before damage
    message_too_long ///< the segments of one message exceed the reassembler's limit
};

[[nodiscard]] Reason reason(Error error) noexcept;

} // namespace han::hdlc
