// Hex text to octets. What people paste and what `hanport capture` writes:
//
//   # comment to the end of the line
//   [2026-11-20T15:59:30.412Z] 7E A0 E2 2B        anything in brackets is passed over
//   7EA0E22B 0x7E, 0xA0                           blanks, tabs, commas, 0x as one likes
//
// Octets are two digits (one behind 0x is enough) and never broken over a blank or a line end.
#pragma once

#include "han/base/bytes.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace han::text {

/// How a capture is written down.
enum class Form : std::uint8_t { binary, hex_text };

/// Tells the form from the beginning of a capture: binary as soon as an octet is seen that no text
/// has, or if it begins with "/" (IEC 62056-21); hex text once a line with hex digits in it has ended, or after 4096 octets of text, or if
/// `complete` (nothing more will come). None while it can still be either.
[[nodiscard]] std::optional<Form> detect(Bytes beginning, bool complete) noexcept;

/// A place in a text that is no hex.
struct HexError {
    std::uint64_t line = 0;   ///< from 1
    std::uint64_t column = 0; ///< from 1, in octets
    char character = '\0';    ///< NUL where a digit lacks its partner
};

/// Reads hex text in pieces of any size.
class HexReader {
  public:
    /// Appends the octets written in `text` to `out` and what is no hex to `errors`: once a word,
    /// of which the octets before the place are kept and the rest is passed over.
    void feed(std::string_view text, std::vector<std::uint8_t>& out, std::vector<HexError>& errors);

    /// The text has ended.
    void finish(std::vector<std::uint8_t>& out, std::vector<HexError>& errors);

    /// The line that is being read, from 1.
    [[nodiscard]] std::uint64_t line() const noexcept { return line_; }

  private:
    // Where in the text the next character stands.
    enum class State : std::uint8_t { between, in_word, bad_word, comment, brackets };

    void end_word(std::vector<std::uint8_t>& out, std::vector<HexError>& errors);
    void read_word_character(char character, std::vector<std::uint8_t>& out,
                             std::vector<HexError>& errors);

    State state_ = State::between;
    std::uint64_t line_ = 1;
    std::uint64_t column_ = 0;
    std::uint8_t digit_ = 0; // the first of two
    bool has_digit_ = false;
    bool begins_word_ = false; // digit_ is the first character of its word
    bool prefixed_ = false;    // the octet began with 0x
};

} // namespace han::text
