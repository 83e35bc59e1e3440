// Network addresses as people write them: HOST, HOST:PORT, [IPv6]:PORT.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hanport {

struct HostPort {
    std::string host;       ///< name or address, without brackets
    std::uint16_t port = 0; ///< 1…65535; 0 where none is written

    friend bool operator==(const HostPort&, const HostPort&) = default;
};

/// None where `text` is no such address: an empty host, a port that is no number of 1…65535, a
/// character that neither names nor addresses have.
[[nodiscard]] std::optional<HostPort> parse_host_port(std::string_view text);

} // namespace hanport
