// Connection options from the configuration's [mqtt] section.
#pragma once

#include "daemon/config.hpp"
#include "mqtt/broker.hpp"
#include "mqtt/topics.hpp"

namespace hanport {

[[nodiscard]] Topics topics_of(const Config& config);

/// Adds the password from password_file or from the systemd credential mqtt_password, and the
/// reader's status as the last will. Throws ConfigError if the password cannot be read.
[[nodiscard]] BrokerOptions broker_options(const Config& config);

} // namespace hanport
