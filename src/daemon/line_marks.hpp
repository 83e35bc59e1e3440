// Takes the kernel's marks out of what a terminal with PARMRK and INPCK brings (termios(3)):
//
//   FF 00 X   the byte X came with a framing or parity error; X = 00 may also be a break
//   FF FF     the byte FF came
#pragma once

#include "han/base/bytes.hpp"

#include <cstddef>
#include <span>

namespace hanport {

class LineMarks {
  public:
    struct Result {
        std::size_t size = 0;   ///< bytes that were sent; they stand at the beginning now
        std::size_t errors = 0; ///< how many of them were marked
    };

    /// Takes the marks out of `bytes`, in place. Marks may be split between calls. Marked bytes
    /// stay in their places: what they were part of has to be refused by its check sum.
    [[nodiscard]] Result take_out(std::span<std::uint8_t> bytes) noexcept;

    /// What comes next is not what follows: the line was opened anew.
    void reset() noexcept { state_ = State::plain; }

  private:
    enum class State : std::uint8_t { plain, escape, marked };

    State state_ = State::plain;
};

} // namespace hanport
