// Network addresses as users write them: HOST, HOST:PORT, [IPv6]:PORT.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hanport::base {

struct HostPort {
    std::string host;       ///< name or address, without brackets
    std::uint16_t port = 0; ///< 1…65535; 0 if omitted

    friend bool operator==(const HostPort&, const HostPort&) = default;
};

/// Empty if `text` is not such an address: the host is empty, the port is not a number of 1…65535,
/// or a character is not allowed in names and addresses.
[[nodiscard]] std::optional<HostPort> parse_host_port(std::string_view text);

} // namespace hanport::base
