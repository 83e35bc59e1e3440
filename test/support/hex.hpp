// Hex octets in tests. It has its own parser, so that no test of the hex reader or of a corpus file
// depends on the code under test.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace support {

using Octets = std::vector<std::uint8_t>;

/// "7E A0e2" to octets; blanks and line ends anywhere. Throws std::invalid_argument on anything
/// else.
[[nodiscard]] Octets hex(std::string_view text);

/// Octets to "7EA0E2".
[[nodiscard]] std::string to_hex(std::span<const std::uint8_t> octets);

/// Characters as octets.
[[nodiscard]] Octets ascii(std::string_view text);

/// Concatenates them.
[[nodiscard]] Octets join_all(std::initializer_list<std::span<const std::uint8_t>> parts);
template <class... Parts>
[[nodiscard]] Octets join(const Parts&... parts) {
    return join_all({std::span<const std::uint8_t>(parts)...});
}

} // namespace support
