// Why the KMP layers refused octets.
#pragma once

#include "han/base/reason.hpp"

#include <cstdint>

namespace kmp {

enum class Error : std::uint8_t {
    outside_frame, ///< octets between frames that are none of a frame's, nor 00
    incomplete,    ///< a frame that a new one, a silence or the end cut off
    bad_stuffing,  ///< 1B before an octet that no stuffed one gives
    too_short,     ///< a frame without room for address, command and check sum
    too_long,      ///< more octets than any answer has
    bad_crc,       ///< the check sum does not fit
    bad_layout,    ///< an intact answer whose data do not fit its command
    unknown_answer ///< an intact answer to a command that a reader does not send
};

[[nodiscard]] han::Reason reason(Error error) noexcept;

} // namespace kmp
