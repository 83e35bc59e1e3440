// Finds out why a broker cannot be connected to, for the log. paho reports a failure but rarely its
// cause. So the steps are repeated here: host name, connection, TLS handshake. The step that fails
// gives the cause.
#pragma once

#include "mqtt/broker_url.hpp"

#include <boost/asio/awaitable.hpp>

namespace hanport::mqtt {

struct BrokerOptions;

/// Reads the files that TLS needs. Throws std::runtime_error that names the unusable file.
void check_tls_files(const BrokerOptions& options);

/// One line without secrets; empty if no error is found. Takes a few seconds at most if the broker
/// does not answer.
[[nodiscard]] boost::asio::awaitable<std::string> diagnose(BrokerUrl url,
                                                           const BrokerOptions& options);

} // namespace hanport::mqtt
