// Joins the information fields of segmented frames to one message (IEC 62056-46 6.4.4.4.3.5). All
// frames of a message except the last have the segmentation bit; only the first begins with the LLC
// header. UI frames carry no sequence number, so a lost segment is detected only by what follows
// it.
#pragma once

#include "han/hdlc/frame.hpp"

#include <array>
#include <optional>

namespace han::hdlc {

class Reassembler {
  public:
    /// Longest message that is joined. The longest known list is a single frame of 579 octets.
    static constexpr std::size_t capacity = 8192;

    /// Adds an intact frame. The errors concern the pending message, which is discarded:
    /// segment_lost, message_too_long.
    [[nodiscard]] std::optional<Error> add(const Frame& frame) noexcept;

    /// True if the last frame completed a message.
    [[nodiscard]] bool complete() const noexcept { return complete_; }
    /// The message if complete(); valid until the next call and the deframer's next push().
    [[nodiscard]] Bytes message() const noexcept { return message_; }

    /// True if a message waits for further segments.
    [[nodiscard]] bool pending() const noexcept { return pending_; }

    /// Reports damaged octets between two frames. A segment may be among them, so the pending
    /// message is discarded. Returns true if there was one.
    [[nodiscard]] bool interrupt() noexcept;

  private:
    [[nodiscard]] bool append(Bytes bytes) noexcept;

    std::array<std::uint8_t, capacity> buffer_{};
    std::size_t size_ = 0;
    Bytes message_;
    bool pending_ = false;
    bool complete_ = false;
};

} // namespace han::hdlc
