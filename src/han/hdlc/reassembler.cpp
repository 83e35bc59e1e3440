// Joins segments; see reassembler.hpp.
#include "han/hdlc/reassembler.hpp"

#include <algorithm>
#include <utility>

namespace han::hdlc {
namespace {

// A continuation is raw A-XDR. That one begins with LLC addresses, their control and the tag of a
// pushed APDU (0F, DB, E0) is not expected within the life of a meter.
bool begins_message(Bytes information) noexcept {
    return information.size() > 3 && information[0] == 0xE6 &&
           (information[1] == 0xE6 || information[1] == 0xE7) && information[2] == 0x00 &&
           (information[3] == 0x0F || information[3] == 0xDB || information[3] == 0xE0);
}

} // namespace

bool Reassembler::interrupt() noexcept {
    size_ = 0;
    return std::exchange(pending_, false);
}

bool Reassembler::append(Bytes bytes) noexcept {
    if (bytes.size() > buffer_.size() - size_)
        return false;
    std::ranges::copy(bytes, buffer_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += bytes.size();
    return true;
}

std::optional<Error> Reassembler::add(const Frame& frame) noexcept {
    std::optional<Error> lost;
    if (pending_ && begins_message(frame.information) && interrupt())
        lost = Error::segment_lost;
    complete_ = !frame.segmentation;
    if (!pending_ && complete_) { // nearly always: one frame is one message
        message_ = frame.information;
        return lost;
    }
    if (!append(frame.information)) {
        (void)interrupt();
        complete_ = false;
        return Error::message_too_long;
    }
    pending_ = frame.segmentation;
    if (complete_)
        message_ = Bytes(buffer_).first(std::exchange(size_, 0));
    return lost;
}

} // namespace han::hdlc
