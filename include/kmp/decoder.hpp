// A recorded KMP conversation to lists: each answer with registers is one, of the meter that the
// answers before it named. Requests, heard as well or not, say nothing new.
#pragma once

#include "kmp/message.hpp"
#include "readout/listener.hpp"

namespace kmp {

class Decoder {
  public:
    explicit Decoder(readout::Listener& listener) : listener_(listener) {}

    /// Takes in the next octets of the stream, any number at a time.
    void feed(han::Bytes octets);

    /// The stream has ended, or was silent so long that what is pending will not be completed.
    void give_up();

    /// Frames so far whose check sum fits.
    [[nodiscard]] std::uint64_t intact_frames() const noexcept { return intact_frames_; }

  private:
    void take(const Deframer::Result& result);
    void on_frame(const Frame& frame);

    readout::Listener& listener_;
    Deframer deframer_;
    readout::Readout readout_;
    std::uint64_t intact_frames_ = 0;
};

} // namespace kmp
