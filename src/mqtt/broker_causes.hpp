// Why a broker refuses a connection or ends it, in words for the log.
#pragma once

#include <string>

namespace hanport {

/// Of a reason code (MQTT 5.0, 2.4); empty where it tells nothing of connections.
[[nodiscard]] std::string text_of_reason(int reason);

/// Of a return code of CONNACK (MQTT 3.1.1, 3.2.2.3); empty for others.
[[nodiscard]] std::string text_of_return_code(int code);

} // namespace hanport
