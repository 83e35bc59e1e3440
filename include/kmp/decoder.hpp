// Decodes a recorded KMP conversation to lists. Each answer with registers is one list of the meter
// that earlier answers named. Recorded requests are ignored.
#pragma once

#include "kmp/message.hpp"
#include "polled/listener.hpp"

namespace kmp {

class Decoder {
  public:
    explicit Decoder(polled::Listener& listener) : listener_(listener) {}

    /// Decodes the next octets of the stream. Chunks may have any size.
    void feed(han::Bytes octets);

    /// Call this at the end of the stream, or after a silence so long that a pending frame will not
    /// be completed.
    void flush();

    /// Frames with a correct check sum so far.
    [[nodiscard]] std::uint64_t intact_frames() const noexcept { return intact_frames_; }

  private:
    void take(const Deframer::Result& result);
    void on_frame(const Frame& frame);

    polled::Listener& listener_;
    Deframer deframer_;
    polled::Readout readout_;
    std::uint64_t intact_frames_ = 0;
};

} // namespace kmp
