// Parses broker addresses.
#include "mqtt/broker_url.hpp"

#include "base/host_port.hpp"

#include <utility>

namespace hanport::mqtt {
namespace {

constexpr std::uint16_t tls_port = 8883;

std::unexpected<std::string> wrong(std::string_view what) {
    return std::unexpected(
        std::string(what).append("; allowed are mqtt://host[:port] and mqtts://host[:port]"));
}

std::string_view text_of(base::HostPortError error) {
    switch (error) {
    case base::HostPortError::bracket:
        return "a bracket is not closed";
    case base::HostPortError::host:
        return "names no host";
    case base::HostPortError::port:
        break;
    }
    return "the port is no number from 1 to 65535";
}

} // namespace

std::expected<BrokerUrl, std::string> parse_broker_url(std::string_view text) {
    constexpr std::string_view plain = "mqtt://";
    constexpr std::string_view tls = "mqtts://";
    BrokerUrl url;
    url.tls = text.starts_with(tls);
    if (url.tls)
        url.port = tls_port;
    else if (!text.starts_with(plain))
        return wrong("does not begin with mqtt:// or mqtts://");
    text.remove_prefix((url.tls ? tls : plain).size());
    if (text.contains('@'))
        return wrong("user name and password have keys of their own");
    if (text.ends_with('/'))
        text.remove_suffix(1);
    auto address = base::parse_host_port(text);
    if (!address)
        return wrong(text_of(address.error()));
    url.host = std::move(address->host);
    if (address->port != 0)
        url.port = address->port;
    return url;
}

std::string host_and_port(const BrokerUrl& url) {
    return base::to_string({.host = url.host, .port = url.port});
}

} // namespace hanport::mqtt
