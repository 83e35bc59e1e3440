// Octets to KMP frames (Kamstrup 5512-447):
//
//   80 or 40 | address | command | data … | CRC, 2, high first | 0D
//   request    3F meter                     of address to data
//   answer
//
// Inside a frame 80, 40, 0D, 06 and 1B are sent as 1B and the octet's complement, so that the first
// two begin a frame wherever they stand and 0D ends it. That is all there is to resynchronising: a
// frame that is cut off ends where the next one begins. 00 between frames is noise that optical
// heads make, and is passed over.
#pragma once

#include "han/base/bytes.hpp"

#include <cstddef>
#include <expected>
#include <optional>
#include <vector>

#include "kmp/error.hpp"

namespace kmp {

inline constexpr std::uint8_t request_start = 0x80;
inline constexpr std::uint8_t answer_start = 0x40;
inline constexpr std::uint8_t frame_end = 0x0D;
inline constexpr std::uint8_t acknowledge = 0x06;
inline constexpr std::uint8_t escape = 0x1B;

/// An intact frame, valid until the deframer is given more.
struct Frame {
    std::uint64_t offset = 0; ///< of its start octet in the stream
    bool is_request = false;
    std::uint8_t address = 0;
    std::uint8_t command = 0;
    han::Bytes data; ///< without stuffing
};

/// Octets that gave no frame.
struct Damage {
    std::uint64_t offset = 0;
    std::uint64_t size = 0; ///< number of octets outside frames; 0 for a frame
    Error error{};
    std::uint8_t address = 0; ///< as it arrived; 0 where the damage began before
    std::uint8_t command = 0;
};

class Deframer {
  public:
    /// More than 8 registers of 8 octets need.
    static constexpr std::size_t longest = 512;

    using Result = std::optional<std::expected<Frame, Damage>>;

    /// Takes in the next octet of the stream.
    [[nodiscard]] Result push(std::uint8_t octet);

    /// The stream has ended, or was silent so long that what is pending will not be completed.
    [[nodiscard]] Result give_up();

  private:
    enum class State : std::uint8_t { outside, inside, escaped, refused };

    Result begin(std::uint8_t octet);
    Result end();
    Result pending();
    void refuse(Error error) noexcept;

    State state_ = State::outside;
    Error error_{};           // where refused: told at the frame's end
    std::uint64_t count_ = 0; // octets taken so far
    std::uint64_t start_ = 0; // of the frame, or of the noise
    std::uint64_t noise_ = 0;
    bool is_request_ = false;
    std::vector<std::uint8_t> content_;
};

} // namespace kmp
