// Names for topics and files out of what a meter calls itself.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hanport::base {

/// Limit of a level in octets, so that whole topics stay far below 65,535 octets (MQTT 5.0, 1.5.4),
/// and file names with an id below 255.
inline constexpr std::size_t longest_topic_level = 100;

/// `text` as one level of a topic: every octet except A–Z a–z 0–9 _ - and . becomes _. "unknown"
/// for an empty text, because a level must not be empty. In a text longer than longest_topic_level
/// the end is replaced by a check sum of the whole text.
[[nodiscard]] std::string topic_level(std::string_view text);

/// "-" and eight digits of FNV-1a, which is the same for all versions and machines, unlike
/// std::hash.
[[nodiscard]] std::string name_sum(std::string_view text);

} // namespace hanport::base
