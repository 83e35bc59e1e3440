// Texts for the log: why a broker refuses a connection, ends it or refuses a message.
#pragma once

#include <cstdint>
#include <string>

namespace hanport::mqtt {

/// A reason code of PUBACK and DISCONNECT (MQTT 5.0, 2.4).
inline constexpr std::uint8_t packet_too_large = 0x95;

/// Text of a reason code of CONNACK or DISCONNECT (MQTT 5.0, 2.4); empty for unknown codes and for
/// success (below 0x80).
[[nodiscard]] std::string text_of_reason(int reason);

/// Text of a reason code of PUBACK or SUBACK (MQTT 5.0, 3.4.2.1, 3.9.3): why one message or
/// subscription is refused.
[[nodiscard]] std::string text_of_refusal(std::uint8_t reason);

/// True if the same message would be refused forever: because of its topic, size or format.
[[nodiscard]] bool is_final_refusal(std::uint8_t reason) noexcept;

/// Text of a return code of CONNACK (MQTT 3.1.1, 3.2.2.3); empty for unknown codes.
[[nodiscard]] std::string text_of_return_code(int code);

} // namespace hanport::mqtt
