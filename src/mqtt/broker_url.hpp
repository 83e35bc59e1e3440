// The address of a broker: mqtt://host[:port], with TLS mqtts://host[:port].
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace hanport::mqtt {

struct BrokerUrl {
    bool tls = false;
    std::string host;          ///< an IPv6 address without its brackets
    std::uint16_t port = 1883; ///< 8883 is the default with TLS

    friend bool operator==(const BrokerUrl&, const BrokerUrl&) = default;
};

/// Parses `text`; the error says what is wrong with it.
[[nodiscard]] std::expected<BrokerUrl, std::string> parse_broker_url(std::string_view text);

/// "localhost:1883", "[::1]:8883".
[[nodiscard]] std::string host_and_port(const BrokerUrl& url);

} // namespace hanport::mqtt
