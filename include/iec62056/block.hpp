// Data blocks of IEC 62056-21, mode A to C:
//
//   STX 02 | data sets … | ! | CR LF | ETX 03 | BCC
//
// BCC covers the octets after STX up to and including ETX: their XOR (the standard) or their 7-bit
// sum (older Kamstrup meters). Characters have 7 bits; if a capture has 8, the eighth is even
// parity.
#pragma once

#include "han/base/bytes.hpp"
#include "iec62056/error.hpp"
#include "iec62056/identification.hpp"

#include <cstddef>
#include <expected>
#include <optional>
#include <string>

namespace iec62056 {

inline constexpr std::uint8_t start_of_text = 0x02;
inline constexpr std::uint8_t end_of_text = 0x03;
inline constexpr std::uint8_t not_acknowledged = 0x15;

/// The block check character of octets, from their low 7 bits.
[[nodiscard]] std::uint8_t check_character(Check check, han::Bytes octets) noexcept;

/// `octets` without their parity bits; empty if they have parity and some of it is wrong. If no
/// octet has an eighth bit, there is no parity.
[[nodiscard]] std::optional<std::string> without_parity(han::Bytes octets);

/// Collects a block. Octets before its STX are not handled here.
class BlockReader {
  public:
    static constexpr std::size_t longest = 16384;

    /// The octets of a block between STX and BCC, or the error.
    using Result = std::optional<std::expected<std::string, Error>>;

    /// `check`: empty if the meter is not known; either check character is then accepted.
    explicit BlockReader(std::optional<Check> check = {}) : check_(check) {}

    [[nodiscard]] Result push(std::uint8_t octet);

    /// True between STX and BCC.
    [[nodiscard]] bool is_inside() const noexcept { return state_ != State::outside; }

    /// True inside a unit, as in "(1*m3": a "/" there is a character of the unit.
    [[nodiscard]] bool is_in_unit() const noexcept;

    /// Discards a partial block; returns true if there was one.
    bool reset() noexcept;

  private:
    enum class State : std::uint8_t { outside, inside, at_bcc };

    [[nodiscard]] Result end(std::uint8_t bcc);
    [[nodiscard]] bool fits(const std::string& text, std::uint8_t bcc);

    std::optional<Check> check_;
    State state_ = State::outside;
    std::vector<std::uint8_t> octets_;
    std::string odd_one_; // the last block whose other check character was correct
};

} // namespace iec62056
