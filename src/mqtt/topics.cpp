// Valid topic levels for brokers and ids for Home Assistant; see topics.hpp.
#include "mqtt/topics.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace hanport {
namespace {

// "-" and eight digits of FNV-1a, which is the same for all versions and machines, unlike
// std::hash.
std::string check_sum(std::string_view text) {
    constexpr std::uint32_t prime = 16'777'619;
    std::uint32_t sum = 2'166'136'261;
    for (const char c : text)
        sum = (sum ^ static_cast<unsigned char>(c)) * prime;
    std::array<char, 12> digits{};
    std::snprintf(digits.data(), digits.size(), "-%08x", static_cast<unsigned>(sum));
    return digits.data();
}

} // namespace

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
        const std::string sum = check_sum(text);
        level.replace(longest_topic_level - sum.size(), std::string::npos, sum);
    }
    return level;
}

std::string object_id(std::string_view text) {
    std::string id = topic_level(text);
    std::ranges::replace(id, '.', '_');
    return id == text ? id : id + check_sum(text);
}

// The rule of the meter's topics, so that meters whose ids were already replaced there keep their
// ids.
std::string Topics::device_id(std::string_view meter_id) {
    return "hanport_" + object_id(topic_level(meter_id));
}

} // namespace hanport
