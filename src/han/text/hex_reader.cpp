// Hex text to octets; the forms are in hex_reader.hpp.
#include "han/text/hex_reader.hpp"

#include "han/text/utf8.hpp"

#include <algorithm>

namespace han::text {
namespace {

constexpr std::size_t enough_text = 4096;
constexpr std::size_t longest_character = 4; // of UTF-8

// The value of a hex digit; 16 or more if it is not one.
constexpr std::uint8_t digit_value(char character) noexcept {
    if (character >= '0' && character <= '9')
        return static_cast<std::uint8_t>(character - '0');
    const char lower = static_cast<char>(character | 0x20);
    if (lower >= 'a' && lower <= 'f')
        return static_cast<std::uint8_t>(lower - 'a' + 10);
    return 16;
}

constexpr bool is_separator(char character) noexcept {
    return character == ' ' || character == '\t' || character == ',' || character == '\r' ||
           character == '\n';
}

constexpr bool is_control(std::uint8_t octet) noexcept {
    return (octet < 0x20 && octet != '\t' && octet != '\n' && octet != '\r') || octet == 0x7F;
}

} // namespace

std::optional<Form> detect(Bytes beginning, bool complete) noexcept {
    const std::string_view text(reinterpret_cast<const char*>(beginning.data()), beginning.size());
    // A conversation of IEC 62056-21 begins like this and is all text; hex text never does.
    if (text.starts_with('/'))
        return Form::binary;
    std::size_t digits = 0;
    char closes = '\0'; // the character that ends the current comment or bracket
    // At most enough_text, so that the result does not depend on the size of the first chunk.
    for (std::size_t i = 0; i < std::min(text.size(), enough_text); ++i) {
        const char character = text[i];
        if (is_control(beginning[i]))
            return Form::binary;
        if (closes != '\0') {
            if (character == closes || character == '\n')
                closes = '\0';
        } else if (beginning[i] >= 0x80) {
            const std::size_t size = utf8_size(text.substr(i));
            if (size == 0)
                return complete || text.size() - i >= longest_character
                           ? std::optional(Form::binary)
                           : std::nullopt;
            i += size - 1;
        } else if (character == '#') {
            closes = '\n';
        } else if (character == '[') {
            closes = ']';
        } else if (digit_value(character) < 16) {
            ++digits;
        }
        if (character == '\n' && digits >= 2)
            return Form::hex_text;
    }
    if (complete || text.size() >= enough_text)
        return Form::hex_text;
    return std::nullopt;
}

void HexReader::end_word(std::vector<std::uint8_t>& out, std::vector<HexError>& errors) {
    if (has_digit_ && prefixed_)
        out.push_back(digit_);
    else if (has_digit_)
        errors.push_back({.line = line_, .column = column_ - 1});
    has_digit_ = false;
    prefixed_ = false;
}

void HexReader::read_word_character(char character, std::vector<std::uint8_t>& out,
                                    std::vector<HexError>& errors) {
    const std::uint8_t value = digit_value(character);
    if (value < 16) {
        begins_word_ = state_ == State::between;
        state_ = State::in_word;
        if (has_digit_) {
            out.push_back(static_cast<std::uint8_t>(digit_ << 4U | value));
            prefixed_ = false;
        } else {
            digit_ = value;
        }
        has_digit_ = !has_digit_;
    } else if ((character == 'x' || character == 'X') && has_digit_ && begins_word_ &&
               digit_ == 0) {
        has_digit_ = false;
        begins_word_ = false;
        prefixed_ = true;
    } else {
        errors.push_back({.line = line_, .column = column_, .character = character});
        has_digit_ = false;
        prefixed_ = false;
        state_ = State::bad_word;
    }
}

void HexReader::feed(std::string_view text, std::vector<std::uint8_t>& out,
                     std::vector<HexError>& errors) {
    for (const char character : text) {
        ++column_;
        const bool ends_line = character == '\n';
        if (state_ == State::comment || state_ == State::brackets) {
            if (ends_line || (state_ == State::brackets && character == ']'))
                state_ = State::between;
        } else if (is_separator(character) || character == '#' || character == '[') {
            end_word(out, errors);
            state_ = character == '#'   ? State::comment
                     : character == '[' ? State::brackets
                                        : State::between;
        } else if (state_ != State::bad_word) {
            read_word_character(character, out, errors);
        }
        if (ends_line) {
            ++line_;
            column_ = 0;
        }
    }
}

void HexReader::finish(std::vector<std::uint8_t>& out, std::vector<HexError>& errors) {
    ++column_;
    end_word(out, errors);
    state_ = State::between;
}

} // namespace han::text
