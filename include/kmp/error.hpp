// Why the KMP layers refused octets.
#pragma once

#include "han/base/reason.hpp"

#include <cstdint>

namespace kmp {

enum class Error : std::uint8_t {
    outside_frame, ///< octets between frames that are not part of a frame and not 00
    incomplete,    ///< a frame cut off by a new one, by a silence or by the end
    bad_stuffing,  ///< 1B before an octet that cannot be a stuffed one
    too_short,     ///< a frame too short for address, command and check sum
    too_long,      ///< more octets than any answer has
    bad_crc,       ///< the check sum is wrong
    bad_layout,    ///< an intact answer whose data do not match its command
    unknown_answer ///< an intact answer to a command that a reader does not send
};

[[nodiscard]] han::Reason reason(Error error) noexcept;

} // namespace kmp
