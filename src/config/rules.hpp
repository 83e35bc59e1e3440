// Rules for texts in the configuration, each with the words that describe it to users.
#pragma once

#include <array>
#include <string_view>

namespace hanport::config {

inline constexpr std::string_view tcp_scheme = "tcp://";

/// A predicate and its description, "allowed: …".
struct TextRule {
    bool (*allows)(std::string_view text);
    std::string_view description;
};

extern const TextRule device_rule;    ///< of a port
extern const TextRule url_rule;       ///< of the broker
extern const TextRule client_id_rule; ///< it is also a level of a topic
extern const TextRule username_rule;
extern const TextRule prefix_rule; ///< of topics
extern const TextRule meter_id_rule;

/// Of a serial line.
inline constexpr auto baud_rates =
    std::to_array<unsigned>({300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200});

[[nodiscard]] constexpr bool is_tcp(std::string_view device) noexcept {
    return device.starts_with(tcp_scheme);
}

} // namespace hanport::config
