// Why the IEC 62056-21 layers refused octets.
#pragma once

#include "han/base/reason.hpp"

#include <cstdint>

namespace iec62056 {

enum class Error : std::uint8_t {
    outside_block, ///< octets that belong to no message
    incomplete,    ///< a message that a silence, the next one or the end cut off
    too_long,      ///< more octets than any meter sends
    bad_parity,    ///< a character whose parity is wrong
    bad_bcc,       ///< the block check character does not fit
    bad_data_set,  ///< an intact block with something in it that is no data set
    bad_field      ///< a short readout with other than ten fields of seven digits
};

[[nodiscard]] han::Reason reason(Error error) noexcept;

} // namespace iec62056
