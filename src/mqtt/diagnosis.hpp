// Why a broker cannot be connected to, in words for the log. paho tells that it failed and seldom
// why: the steps are gone through again, host name, connection, TLS handshake, and the one that
// fails names the cause.
#pragma once

#include "mqtt/broker_url.hpp"

#include <boost/asio/awaitable.hpp>

namespace hanport {

struct BrokerOptions;

/// Reads the files that TLS needs. Throws std::runtime_error that names the one that cannot be
/// used.
void check_tls_files(const BrokerOptions& options);

/// One line without secrets; empty where nothing is found to be wrong. Takes some seconds at most
/// where the broker does not answer.
[[nodiscard]] boost::asio::awaitable<std::string> diagnose(BrokerUrl url,
                                                           const BrokerOptions& options);

} // namespace hanport
