// Octets to KMP frames (Kamstrup 5512-447):
//
//   80 or 40 | address | command | data … | CRC, 2, high first | 0D
//  request    3F meter                     from address to data
//  answer
//
// Inside a frame 80, 40, 0D, 06 and 1B are sent as 1B and the octet's complement. So 80 and 40
// always begin a frame and 0D always ends it; resynchronisation needs nothing else. A frame that is
// cut off ends where the next one begins. 00 between frames is noise of optical heads and is
// skipped.
#pragma once

#include "han/base/bytes.hpp"
#include "kmp/error.hpp"

#include <cstddef>
#include <expected>
#include <optional>
#include <vector>

namespace kmp {

inline constexpr std::uint8_t request_start = 0x80;
inline constexpr std::uint8_t answer_start = 0x40;
inline constexpr std::uint8_t frame_end = 0x0D;
inline constexpr std::uint8_t acknowledge = 0x06;
inline constexpr std::uint8_t escape = 0x1B;

/// An intact frame, valid until the next octet is pushed.
struct Frame {
    std::uint64_t offset = 0; ///< of its start octet in the stream
    bool is_request = false;
    std::uint8_t address = 0;
    std::uint8_t command = 0;
    han::Bytes data; ///< without stuffing
};

/// Octets that did not give a frame.
struct Damage {
    std::uint64_t offset = 0;
    std::uint64_t size = 0; ///< number of octets outside frames; 0 for a frame
    Error error{};
    std::uint8_t address = 0; ///< as received; 0 if the damage began before it
    std::uint8_t command = 0;
};

class Deframer {
  public:
    /// Size of more than 8 registers of 8 octets.
    static constexpr std::size_t longest = 512;

    using Result = std::optional<std::expected<Frame, Damage>>;

    /// Decodes the next octet of the stream.
    [[nodiscard]] Result push(std::uint8_t octet);

    /// Call this at the end of the stream, or after a silence so long that a pending frame will not
    /// be completed.
    [[nodiscard]] Result flush();

  private:
    enum class State : std::uint8_t { outside, inside, escaped, refused };

    Result begin(std::uint8_t octet);
    Result end();
    Result pending();
    void refuse(Error error) noexcept;

    State state_ = State::outside;
    Error error_{};           // of a refused frame; reported at its end
    std::uint64_t count_ = 0; // octets taken so far
    std::uint64_t start_ = 0; // of the frame, or of the noise
    std::uint64_t noise_ = 0;
    bool is_request_ = false;
    std::vector<std::uint8_t> content_;
};

} // namespace kmp
