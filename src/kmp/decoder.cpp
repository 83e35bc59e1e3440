// Streams to lists; see decoder.hpp.
#include "kmp/decoder.hpp"

namespace kmp {

void Decoder::feed(han::Bytes octets) {
    for (const std::uint8_t octet : octets)
        take(deframer_.push(octet));
}

void Decoder::flush() {
    take(deframer_.flush());
}

void Decoder::take(const Deframer::Result& result) {
    if (!result)
        return;
    if (*result) {
        ++intact_frames_;
        on_frame(**result);
    } else {
        const Damage& damage = result->error();
        listener_.on_refusal(
            {.offset = damage.offset, .size = damage.size, .reason = reason(damage.error)});
    }
}

void Decoder::on_frame(const Frame& frame) {
    if (frame.is_request)
        return;
    readout_.clear();
    readout_.list.offset = frame.offset;
    if (const auto taken = take_answer(frame, readout_); !taken)
        listener_.on_refusal({.offset = frame.offset, .reason = reason(taken.error())});
    else if (!readout_.list.readings.empty())
        listener_.on_list(readout_.list);
}

} // namespace kmp
