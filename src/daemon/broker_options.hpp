// From the configuration's [mqtt] section to a connection.
#pragma once

#include "daemon/config.hpp"
#include "mqtt/broker.hpp"
#include "mqtt/topics.hpp"

namespace hanport {

[[nodiscard]] Topics topics_of(const Config& config);

/// With the password from password_file or from the systemd credential mqtt_password, and the reader's status as
/// last will. Throws ConfigError where the password cannot be read.
[[nodiscard]] BrokerOptions broker_options(const Config& config);

} // namespace hanport
