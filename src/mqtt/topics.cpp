// What Home Assistant takes as an id; see topics.hpp.
#include "mqtt/topics.hpp"

#include <array>
#include <cstdint>
#include <cstdio>

namespace hanport {
namespace {

// FNV-1a: stable over versions and machines, as std::hash is not.
std::uint32_t check_sum(std::string_view text) {
    constexpr std::uint32_t prime = 16'777'619;
    std::uint32_t sum = 2'166'136'261;
    for (const char c : text)
        sum = (sum ^ static_cast<unsigned char>(c)) * prime;
    return sum;
}

} // namespace

std::string object_id(std::string_view text) {
    std::string id = topic_level(text);
    std::ranges::replace(id, '.', '_');
    if (id == text)
        return id;
    std::array<char, 12> sum{};
    std::snprintf(sum.data(), sum.size(), "-%08x", static_cast<unsigned>(check_sum(text)));
    return id.append(sum.data());
}

// Of the meter's topics, so that meters whose ids have always been replaced there keep theirs.
std::string Topics::device_id(std::string_view meter_id) {
    return "hanport_" + object_id(topic_level(meter_id));
}

} // namespace hanport
