// UTF-8 (RFC 3629): length of the character at the beginning of a text.
#pragma once

#include <cstddef>
#include <string_view>

namespace han::text {

/// Octets of the first character, 1 to 4; 0 if `text` is empty or does not begin with valid UTF-8
/// (overlong forms, surrogates and numbers beyond 10FFFF are not valid).
[[nodiscard]] std::size_t utf8_size(std::string_view text) noexcept;

} // namespace han::text
