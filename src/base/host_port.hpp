// Network addresses as users write them: HOST, HOST:PORT, [IPv6]:PORT.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace hanport::base {

struct HostPort {
    std::string host;       ///< name or address, without brackets
    std::uint16_t port = 0; ///< 1…65535; 0 if omitted

    friend bool operator==(const HostPort&, const HostPort&) = default;
};

/// The part of an address that is wrong.
enum class HostPortError : std::uint8_t {
    bracket, ///< "[" without "]"
    host,    ///< empty, or with a character that is not allowed in a name or an address
    port     ///< not a number of 1…65535
};

[[nodiscard]] std::expected<HostPort, HostPortError> parse_host_port(std::string_view text);

/// "localhost:1883", "[::1]:8883".
[[nodiscard]] std::string to_string(const HostPort& address);

} // namespace hanport::base
