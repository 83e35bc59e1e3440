// Serial lines of another host, as bytes over TCP (ser2net).
#pragma once

#include "daemon/file_descriptor.hpp"
#include "daemon/host_port.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <expected>
#include <string>

namespace hanport {

/// Connects with keep-alive, so that a vanished host is detected after a minute. The error is one
/// line for people, without the address: "Connection refused", "no answer within 5000 ms".
[[nodiscard]] boost::asio::awaitable<std::expected<FileDescriptor, std::string>>
open_tcp_line(HostPort address, std::chrono::milliseconds patience);

/// Why reading has failed, in the words of the log: "closed by the other side".
[[nodiscard]] std::string tcp_failure(const boost::system::error_code& error);

} // namespace hanport
