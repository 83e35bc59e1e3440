// Serial lines of another host, as bytes over TCP (ser2net).
#pragma once

#include "base/file_descriptor.hpp"
#include "base/host_port.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <expected>
#include <string>

namespace hanport::line {

/// Connects with keep-alive, so that a vanished host is detected after a minute. The error is one
/// line for people, without the address: "Connection refused", "no answer within 5000 ms".
[[nodiscard]] boost::asio::awaitable<std::expected<base::FileDescriptor, std::string>>
open_tcp_line(base::HostPort address, std::chrono::milliseconds timeout);

/// Why reading has failed, in the words of the log: "closed by the other side".
[[nodiscard]] std::string tcp_failure(const boost::system::error_code& error);

} // namespace hanport::line
