// The kernel's marks of line errors; see parmrk_filter.hpp.
#include "line/parmrk_filter.hpp"

namespace hanport::line {

ParmrkFilter::Result ParmrkFilter::take_out(std::span<std::uint8_t> bytes) noexcept {
    constexpr std::uint8_t escape = 0xFF;
    Result result;
    for (const std::uint8_t byte : bytes) {
        if (state_ == State::plain && byte == escape) {
            state_ = State::escape;
            continue;
        }
        if (state_ == State::escape && byte == 0) {
            state_ = State::marked;
            continue;
        }
        // After an escape: FF, or a byte that no kernel sends; it is kept.
        if (state_ == State::marked)
            ++result.errors;
        state_ = State::plain;
        bytes[result.size++] = byte;
    }
    return result;
}

} // namespace hanport::line
