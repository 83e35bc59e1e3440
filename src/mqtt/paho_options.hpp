// What is requested of paho for a connection. For the sources that use paho only: includes paho.
#pragma once

#include "mqtt/broker.hpp"

#include <mqtt/connect_options.h>
#include <mqtt/create_options.h>

namespace hanport::mqtt {

/// 0 or 1.
constexpr int level(Qos qos) noexcept {
    return static_cast<int>(qos);
}

/// Of the client, for all its connections.
[[nodiscard]] ::mqtt::create_options create_options_of(const BrokerOptions& options);

/// Of each connection: session, credentials, will, limits, and TLS if `tls`.
[[nodiscard]] ::mqtt::connect_options connect_options_of(const BrokerOptions& options, bool tls);

} // namespace hanport::mqtt
