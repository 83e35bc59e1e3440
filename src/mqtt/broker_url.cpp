// Parses broker addresses.
#include "mqtt/broker_url.hpp"

#include <algorithm>
#include <charconv>

namespace hanport::mqtt {
namespace {

constexpr std::uint16_t tls_port = 8883;

std::unexpected<std::string> wrong(std::string_view what) {
    return std::unexpected(
        std::string(what).append("; allowed are mqtt://host[:port] and mqtts://host[:port]"));
}

// If `text` begins with `beginning`, removes it and returns true.
bool cut(std::string_view& text, std::string_view beginning) {
    if (!text.starts_with(beginning))
        return false;
    text.remove_prefix(beginning.size());
    return true;
}

// Letters, digits and other characters of host names and addresses; `more` for an IPv6 address.
bool is_host(std::string_view text, std::string_view more) {
    return !text.empty() && std::ranges::all_of(text, [more](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '-' || c == '_' || more.contains(c);
    });
}

} // namespace

std::expected<BrokerUrl, std::string> parse_broker_url(std::string_view text) {
    BrokerUrl url;
    if (cut(text, "mqtts://")) {
        url.tls = true;
        url.port = tls_port;
    } else if (!cut(text, "mqtt://")) {
        return wrong("does not begin with mqtt:// or mqtts://");
    }
    if (text.contains('@'))
        return wrong("user name and password have keys of their own");
    if (text.ends_with('/'))
        text.remove_suffix(1);
    const bool bracketed = text.starts_with('[');
    const auto end = bracketed ? text.find(']') : text.find(':');
    if (bracketed && end == std::string_view::npos)
        return wrong("a bracket is not closed");
    url.host = text.substr(bracketed ? 1 : 0, bracketed ? end - 1 : end);
    if (!is_host(url.host, bracketed ? ":%" : ""))
        return wrong("names no host");
    text.remove_prefix(std::min(text.size(), bracketed ? end + 1 : end));
    if (text.empty())
        return url;
    const char* const last = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + 1, last, url.port);
    if (text[0] != ':' || error != std::errc{} || stop != last || url.port == 0)
        return wrong("the port is no number from 1 to 65535");
    return url;
}

std::string host_and_port(const BrokerUrl& url) {
    const bool brackets = url.host.contains(':');
    return (brackets ? '[' + url.host + ']' : url.host) + ':' + std::to_string(url.port);
}

} // namespace hanport::mqtt
