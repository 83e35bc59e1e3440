// Reads hex text as octets. Accepts pasted text and the output of `hanport capture`:
//
//   # comment to the end of the line
//   [2026-11-20T15:59:30.412Z] 7E A0 E2 2B        anything in brackets is skipped
//   7EA0E22B 0x7E, 0xA0                           blanks, tabs, commas and 0x are optional
//
// An octet has two digits (one is enough after 0x), with no blank or line end between them.
#pragma once

#include "han/base/bytes.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace han::text {

/// Format of a capture.
enum class Form : std::uint8_t { binary, hex_text };

/// Detects the format from the beginning of a capture. Binary: an octet that no text contains, or a
/// first character "/" (IEC 62056-21). Hex text: a complete line with hex digits, or 4096 octets of
/// text, or `complete` is set (no more octets follow). Empty while both are possible.
[[nodiscard]] std::optional<Form> detect(Bytes beginning, bool complete) noexcept;

/// A place in a text that is not hex.
struct HexError {
    std::uint64_t line = 0;   ///< from 1
    std::uint64_t column = 0; ///< from 1, in octets
    char character = '\0';    ///< NUL if a digit lacks its second digit
};

/// Reads hex text in pieces of any size.
class HexReader {
  public:
    /// Appends the octets in `text` to `out` and the places that are not hex to `errors`: at most
    /// one per word. The octets before that place are kept, the rest of the word is skipped.
    void feed(std::string_view text, std::vector<std::uint8_t>& out, std::vector<HexError>& errors);

    /// Call this at the end of the text.
    void finish(std::vector<std::uint8_t>& out, std::vector<HexError>& errors);

    /// The current line, from 1.
    [[nodiscard]] std::uint64_t line() const noexcept { return line_; }

  private:
    // Position of the next character in the text.
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
