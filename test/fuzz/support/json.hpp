// Says whether a text is JSON (RFC 8259), apart from the library that writes it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace support {

class Json {
  public:
    /// True where `text` is one value and nothing else, in valid UTF-8.
    static bool valid(std::string_view text) {
        Json json(text);
        return json.value(8) && json.text_.empty();
    }

  private:
    explicit Json(std::string_view text) : text_(text) {}

    [[nodiscard]] char front() const { return text_.empty() ? '\0' : text_[0]; }
    bool take(std::string_view word) {
        if (!text_.starts_with(word))
            return false;
        text_.remove_prefix(word.size());
        return true;
    }
    bool digits() {
        const auto end = std::min(text_.find_first_not_of("0123456789"), text_.size());
        text_.remove_prefix(end);
        return end > 0;
    }

    bool value(int depth) {
        if (depth == 0)
            return false;
        switch (front()) {
        case '{':
            return members(depth, true, "{", "}");
        case '[':
            return members(depth, false, "[", "]");
        case '"':
            return string();
        default:
            return take("true") || take("false") || take("null") || number();
        }
    }

    bool members(int depth, bool named, std::string_view open, std::string_view close) {
        take(open);
        if (take(close))
            return true;
        do {
            if (named && !(string() && take(":")))
                return false;
            if (!value(depth - 1))
                return false;
        } while (take(","));
        return take(close);
    }

    bool number() {
        take("-");
        if (!take("0") && !digits())
            return false;
        if (take(".") && !digits())
            return false;
        if (take("e") || take("E")) {
            if (!take("-"))
                take("+");
            return digits();
        }
        return true;
    }

    bool string() {
        if (!take("\""))
            return false;
        while (!text_.empty() && !take("\"")) {
            if (text_[0] == '\\' ? !escape() : !character())
                return false;
            if (text_.empty())
                return false; // no closing quote
        }
        return true;
    }

    bool escape() {
        take("\\");
        if (take("u")) {
            const auto hex = text_.substr(0, 4);
            text_.remove_prefix(hex.size());
            return hex.size() == 4 &&
                   hex.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
        }
        const bool known = std::string_view("\"\\/bfnrt").find(front()) != std::string_view::npos;
        text_.remove_prefix(text_.empty() ? 0 : 1);
        return known;
    }

    // One character of UTF-8 that may stand unescaped.
    bool character() {
        const auto octet = [&](std::size_t i) { return static_cast<std::uint8_t>(text_[i]); };
        const std::uint32_t first = octet(0);
        if (first < 0x80) {
            text_.remove_prefix(1);
            return first >= 0x20;
        }
        const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (first < 0xC2 || first > 0xF4 || text_.size() < size)
            return false;
        std::uint32_t code = first & (0x7FU >> size);
        for (std::size_t i = 1; i < size; ++i) {
            if ((octet(i) & 0xC0U) != 0x80)
                return false;
            code = code << 6U | (octet(i) & 0x3FU);
        }
        text_.remove_prefix(size);
        return code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF) &&
               code >= (size == 4   ? 0x10000U
                        : size == 3 ? 0x800U
                                    : 0x80U);
    }

    std::string_view text_;
};

} // namespace support
