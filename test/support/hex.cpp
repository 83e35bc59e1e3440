// Hex in tests; see hex.hpp.
#include "support/hex.hpp"

#include <cctype>
#include <stdexcept>

namespace support {

Octets hex(std::string_view text) {
    Octets octets;
    std::string digits;
    for (const char c : text) {
        if (std::isspace(static_cast<unsigned char>(c)) != 0)
            continue;
        if (std::isxdigit(static_cast<unsigned char>(c)) == 0)
            throw std::invalid_argument("no hex: " + std::string(text));
        digits += c;
        if (digits.size() == 2) {
            octets.push_back(static_cast<std::uint8_t>(std::stoi(digits, nullptr, 16)));
            digits.clear();
        }
    }
    if (!digits.empty())
        throw std::invalid_argument("half an octet: " + std::string(text));
    return octets;
}

std::string to_hex(std::span<const std::uint8_t> octets) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const std::uint8_t octet : octets) {
        text += digits[octet >> 4U];
        text += digits[octet & 0xFU];
    }
    return text;
}

Octets ascii(std::string_view text) {
    return {text.begin(), text.end()};
}

Octets join_all(std::initializer_list<std::span<const std::uint8_t>> parts) {
    std::size_t size = 0;
    for (const auto part : parts)
        size += part.size();
    Octets all;
    all.reserve(size);
    for (const auto part : parts)
        for (const std::uint8_t octet : part)
            all.push_back(octet);
    return all;
}

} // namespace support
