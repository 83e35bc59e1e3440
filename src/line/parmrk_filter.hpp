// Removes the kernel's marks from the octets of a terminal with PARMRK and INPCK (termios(3)):
//
//   FF 00 X   byte X was received with a framing or parity error; X = 00 may also be a break
//   FF FF     byte FF was received
#pragma once

#include "han/base/bytes.hpp"

#include <cstddef>
#include <span>

namespace hanport::line {

class ParmrkFilter {
  public:
    struct Result {
        std::size_t size = 0;   ///< bytes of the line; they are now at the start
        std::size_t errors = 0; ///< number of marked bytes
    };

    /// Removes the marks from `bytes`, in place. Marks may be split between calls. Marked bytes
    /// stay in place: a check sum rejects the frame that they damage.
    [[nodiscard]] Result take_out(std::span<std::uint8_t> bytes) noexcept;

    /// Discards a partial mark: the line was opened again.
    void reset() noexcept { state_ = State::plain; }

  private:
    enum class State : std::uint8_t { plain, escape, marked };

    State state_ = State::plain;
};

} // namespace hanport::line
