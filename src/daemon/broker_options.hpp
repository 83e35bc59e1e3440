// Connection options from the configuration's [mqtt] section.
#pragma once

#include "config/config.hpp"
#include "mqtt/broker.hpp"
#include "publish/topics.hpp"

namespace hanport::daemon {

[[nodiscard]] publish::Topics topics_of(const config::Config& config);

/// Adds the password from password_file (the configuration has put a credential there), and the
/// reader's status as the last will. Throws ConfigError if the password cannot be read.
[[nodiscard]] mqtt::BrokerOptions broker_options(const config::Config& config);

} // namespace hanport::daemon
