// Running, stopping and opening; see port_life.hpp.
#include "daemon/port_life.hpp"

#include "daemon/awaiting.hpp"
#include "daemon/config_rules.hpp"
#include "daemon/serial_line.hpp"
#include "daemon/tcp_line.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace hanport {

namespace asio = boost::asio;

PortLife::PortLife(asio::any_io_executor executor, PortConfig config, PortOptions options)
    : executor_(std::move(executor)), config_(std::move(config)), options_(std::move(options)),
      tcp_(is_tcp(config_.device)), log_(config_, stats_), line_(executor_),
      stop_(executor_, std::chrono::steady_clock::time_point::max()) {}

asio::awaitable<void> PortLife::run() {
    using namespace asio::experimental::awaitable_operators;
    co_await accept_cancellation();
    co_await asio::this_coro::throw_if_cancelled(false);
    if (!stopping_)
        co_await (live_and_keep_failure() || wait_for_stop());
    stats_.state = "closed";
    if (failure_)
        std::rethrow_exception(failure_);
}

void PortLife::stop() {
    stopping_ = true;
    stop_.cancel();
}

asio::awaitable<void> PortLife::wait_for_stop() {
    co_await accept_cancellation();
    (void)co_await stop_.async_wait(as_result);
}

// An exception, for example of the listener, must not leave the other side of || waiting.
asio::awaitable<void> PortLife::live_and_keep_failure() {
    co_await accept_cancellation();
    co_await asio::this_coro::throw_if_cancelled(false);
    try {
        co_await live();
    } catch (...) {
        failure_ = std::current_exception();
    }
}

asio::awaitable<std::expected<FileDescriptor, std::string>>
PortLife::open(polled::LineFormat format) {
    stats_.path.clear();
    if (tcp_) {
        const auto address =
            parse_host_port(std::string_view(config_.device).substr(tcp_scheme.size()));
        if (!address)
            co_return std::unexpected("is no address");
        stats_.path = config_.device;
        co_return co_await open_tcp_line(*address, options_.connect_patience);
    }
    const auto path = find_device(config_.device, options_.folders);
    missing_ = !path && path.error().is_missing;
    if (!path)
        co_return std::unexpected(path.error().cause);
    stats_.path = *path;
    auto line = open_serial_line(*path, format);
    std::error_code ignored;
    missing_ = !line && !std::filesystem::exists(*path, ignored);
    co_return line;
}

DeviceWatch PortLife::new_watch() const {
    return {executor_, tcp_ ? std::vector<std::filesystem::path>{}
                            : folders_to_watch(config_.device, options_.folders)};
}

std::string PortLife::failure(const boost::system::error_code& error) const {
    return tcp_ ? tcp_failure(error) : serial_failure(error);
}

} // namespace hanport
