// Reads network addresses; see host_port.hpp.
#include "base/host_port.hpp"

#include <algorithm>
#include <charconv>

namespace hanport::base {
namespace {

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_name(std::string_view host) {
    return !host.empty() && std::ranges::all_of(host, [](char c) {
        return is_alphanumeric(c) || c == '.' || c == '-' || c == '_';
    });
}

bool is_ipv6(std::string_view host) {
    return host.find(':') != std::string_view::npos && std::ranges::all_of(host, [](char c) {
               return is_alphanumeric(c) || c == ':' || c == '.' || c == '%';
           });
}

} // namespace

std::expected<HostPort, HostPortError> parse_host_port(std::string_view text) {
    const bool bracketed = text.starts_with('[');
    const auto host_end = bracketed ? text.find(']') : text.find(':');
    if (bracketed && host_end == std::string_view::npos)
        return std::unexpected(HostPortError::bracket);
    const auto host = bracketed ? text.substr(1, host_end - 1) : text.substr(0, host_end);
    if (bracketed ? !is_ipv6(host) : !is_name(host))
        return std::unexpected(HostPortError::host);
    HostPort address{.host = std::string(host)};
    const auto rest = host_end == std::string_view::npos
                          ? std::string_view{}
                          : text.substr(host_end + (bracketed ? 1 : 0));
    if (rest.empty())
        return address;
    const char* const end = rest.data() + rest.size();
    const auto [stop, error] = std::from_chars(rest.data() + 1, end, address.port);
    if (rest[0] != ':' || error != std::errc{} || stop != end || address.port == 0)
        return std::unexpected(HostPortError::port);
    return address;
}

std::string to_string(const HostPort& address) {
    const bool brackets = address.host.contains(':');
    return (brackets ? '[' + address.host + ']' : address.host) + ':' +
           std::to_string(address.port);
}

} // namespace hanport::base
