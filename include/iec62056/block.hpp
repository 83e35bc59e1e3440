// Data blocks of IEC 62056-21, mode A to C:
//
//   STX 02 | data sets … | ! | CR LF | ETX 03 | BCC
//
// BCC covers what follows STX up to ETX: the XOR of it (the standard) or its sum in 7 bits (older
// Kamstrups). Characters have 7 bits; where a capture has 8, the eighth is their even parity.
#pragma once

#include "han/base/bytes.hpp"

#include <cstddef>
#include <expected>
#include <optional>
#include <string>

#include "iec62056/error.hpp"
#include "iec62056/identification.hpp"

namespace iec62056 {

inline constexpr std::uint8_t start_of_text = 0x02;
inline constexpr std::uint8_t end_of_text = 0x03;
inline constexpr std::uint8_t not_acknowledged = 0x15;

/// The block check character of octets, their 7 bits.
[[nodiscard]] std::uint8_t check_character(Check check, han::Bytes octets) noexcept;

/// `octets` without their parity; none where they have parity and some of it is wrong. Where no
/// octet has an eighth bit, none has parity.
[[nodiscard]] std::optional<std::string> without_parity(han::Bytes octets);

/// Takes a block together. What comes before its STX is not its business.
class BlockReader {
  public:
    static constexpr std::size_t longest = 16384;

    /// The octets of a block, between STX and BCC, or why there is none.
    using Result = std::optional<std::expected<std::string, Error>>;

    /// `check`: none where the meter is not known, so that either will do.
    explicit BlockReader(std::optional<Check> check = {}) : check_(check) {}

    [[nodiscard]] Result push(std::uint8_t octet);

    /// True between STX and BCC.
    [[nodiscard]] bool is_inside() const noexcept { return state_ != State::outside; }

    /// True where a unit is open, "(1*m3": there a "/" is one of its characters.
    [[nodiscard]] bool is_in_unit() const noexcept;

    /// Forgets what has come of a block; true if something had.
    bool reset() noexcept;

  private:
    enum class State : std::uint8_t { outside, inside, at_bcc };

    [[nodiscard]] Result end(std::uint8_t bcc);
    [[nodiscard]] bool fits(const std::string& text, std::uint8_t bcc);

    std::optional<Check> check_;
    State state_ = State::outside;
    std::vector<std::uint8_t> octets_;
    std::string odd_one_; // the last block that the other check character fitted
};

} // namespace iec62056
