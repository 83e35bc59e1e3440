// Connects to ser2net and similar servers; see tcp.hpp.
#include "line/tcp.hpp"

#include "base/async.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>

namespace hanport::line {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

using Opened = std::expected<base::FileDescriptor, std::string>;

// After 30 s without data, three probes 10 s apart. Options that the kernel refuses stay unchanged.
void keep_alive(int line) {
    constexpr auto options = std::to_array<std::array<int, 3>>({{SOL_SOCKET, SO_KEEPALIVE, 1},
                                                                {IPPROTO_TCP, TCP_KEEPIDLE, 30},
                                                                {IPPROTO_TCP, TCP_KEEPINTVL, 10},
                                                                {IPPROTO_TCP, TCP_KEEPCNT, 3}});
    for (const auto& [level, name, value] : options)
        (void)::setsockopt(line, level, name, &value, sizeof value);
}

asio::awaitable<std::pair<error_code, tcp::resolver::results_type>>
resolve(base::HostPort address) {
    error_code error;
    // Numeric addresses need no resolver and no resolver thread.
    if (const auto number = asio::ip::make_address(address.host, error); !error)
        co_return std::pair{error, tcp::resolver::results_type::create(
                                       tcp::endpoint(number, address.port), address.host, "")};
    tcp::resolver resolver(co_await asio::this_coro::executor);
    auto [failed, results] =
        co_await resolver.async_resolve(address.host, std::to_string(address.port),
                                        tcp::resolver::numeric_service, base::as_result);
    co_return std::pair{failed, std::move(results)};
}

asio::awaitable<Opened> connect(base::HostPort address) {
    co_await base::accept_cancellation();
    const auto [unknown, endpoints] = co_await resolve(address);
    if (unknown)
        co_return std::unexpected(address.host + ": " + unknown.message());
    tcp::socket socket(co_await asio::this_coro::executor);
    const auto [error, endpoint] = co_await asio::async_connect(socket, endpoints, base::as_result);
    if (error)
        co_return std::unexpected(error.message());
    keep_alive(socket.native_handle());
    error_code failed;
    const int line = socket.release(failed);
    if (failed)
        co_return std::unexpected(failed.message());
    co_return base::FileDescriptor(line);
}

} // namespace

asio::awaitable<Opened> open_tcp_line(base::HostPort address, std::chrono::milliseconds timeout) {
    using namespace asio::experimental::awaitable_operators;
    auto first = co_await (connect(std::move(address)) || base::time_limit(timeout));
    if (auto* const opened = std::get_if<0>(&first))
        co_return std::move(*opened);
    co_return std::unexpected("no answer within " + std::to_string(timeout.count()) + " ms");
}

std::string tcp_failure(const error_code& error) {
    return error == asio::error::eof ? "closed by the other side" : error.message();
}

} // namespace hanport::line
