// Replaces and shortens; see safe_name.hpp.
#include "base/safe_name.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace hanport::base {

std::string name_sum(std::string_view text) {
    constexpr std::uint32_t prime = 16'777'619;
    std::uint32_t sum = 2'166'136'261;
    for (const char c : text)
        sum = (sum ^ static_cast<unsigned char>(c)) * prime;
    std::array<char, 12> digits{};
    std::snprintf(digits.data(), digits.size(), "-%08x", static_cast<unsigned>(sum));
    return digits.data();
}

std::string topic_level(std::string_view text) {
    static constexpr std::string_view others = "_-.";
    std::string level(text.empty() ? "unknown" : text);
    std::ranges::replace_if(
        level,
        [](char c) {
            return (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && (c < '0' || c > '9') &&
                   !others.contains(c);
        },
        '_');
    if (level.size() > longest_topic_level) {
        const std::string sum = name_sum(text);
        level.replace(longest_topic_level - sum.size(), std::string::npos, sum);
    }
    return level;
}

} // namespace hanport::base
