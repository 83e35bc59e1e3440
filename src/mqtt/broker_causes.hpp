// Why a broker refuses a connection, ends it or refuses a message, in words for the log.
#pragma once

#include <cstdint>
#include <string>

namespace hanport {

/// A reason code of PUBACK and DISCONNECT (MQTT 5.0, 2.4).
inline constexpr std::uint8_t packet_too_large = 0x95;

/// Of a reason code of CONNACK or DISCONNECT (MQTT 5.0, 2.4); empty for other numbers and for
/// success, which are those below 0x80.
[[nodiscard]] std::string text_of_reason(int reason);

/// Of a reason code of PUBACK or SUBACK (MQTT 5.0, 3.4.2.1, 3.9.3): why a single message or
/// subscription is refused.
[[nodiscard]] std::string text_of_refusal(std::uint8_t reason);

/// True where the same message would be refused forever: for its topic, its size, its format.
[[nodiscard]] bool is_final_refusal(std::uint8_t reason) noexcept;

/// Of a return code of CONNACK (MQTT 3.1.1, 3.2.2.3); empty for others.
[[nodiscard]] std::string text_of_return_code(int code);

} // namespace hanport
