// Why the IEC 62056-21 layers refused octets.
#pragma once

#include "han/base/reason.hpp"

#include <cstdint>

namespace iec62056 {

enum class Error : std::uint8_t {
    outside_block, ///< octets that belong to no message
    incomplete,    ///< a message cut off by a silence, by the next message or by the end
    too_long,      ///< more octets than any meter sends
    bad_parity,    ///< a character with a wrong parity
    bad_bcc,       ///< the block check character is wrong
    bad_data_set,  ///< an intact block that contains something else than data sets
    bad_field      ///< a short readout without exactly ten fields of seven digits
};

[[nodiscard]] han::Reason reason(Error error) noexcept;

} // namespace iec62056
