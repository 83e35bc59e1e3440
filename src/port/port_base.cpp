// Running, stopping and opening; see port_base.hpp.
#include "port/port_base.hpp"

#include "base/async.hpp"
#include "config/rules.hpp"
#include "line/serial.hpp"
#include "line/tcp.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace hanport::port {

namespace asio = boost::asio;

PortBase::PortBase(asio::any_io_executor executor, config::PortConfig config, PortOptions options)
    : executor_(std::move(executor)), config_(std::move(config)), options_(std::move(options)),
      tcp_(config::is_tcp(config_.device)), log_(config_, stats_), line_(executor_),
      stop_(executor_, std::chrono::steady_clock::time_point::max()) {}

asio::awaitable<void> PortBase::run() {
    using namespace asio::experimental::awaitable_operators;
    co_await base::accept_cancellation();
    co_await asio::this_coro::throw_if_cancelled(false);
    if (!stopping_)
        co_await (live_and_keep_failure() || wait_for_stop());
    stats_.state = "closed";
    if (failure_)
        std::rethrow_exception(failure_);
}

void PortBase::stop() {
    stopping_ = true;
    stop_.cancel();
}

asio::awaitable<void> PortBase::wait_for_stop() {
    co_await base::accept_cancellation();
    (void)co_await stop_.async_wait(base::as_result);
}

// An exception, for example of the listener, must not leave the other side of || waiting.
asio::awaitable<void> PortBase::live_and_keep_failure() {
    co_await base::accept_cancellation();
    co_await asio::this_coro::throw_if_cancelled(false);
    try {
        co_await run_loop();
    } catch (...) {
        failure_ = std::current_exception();
    }
}

asio::awaitable<std::expected<base::FileDescriptor, std::string>>
PortBase::open(polled::LineFormat format) {
    stats_.path.clear();
    if (tcp_) {
        const auto address = base::parse_host_port(
            std::string_view(config_.device).substr(config::tcp_scheme.size()));
        if (!address)
            co_return std::unexpected("is no address");
        stats_.path = config_.device;
        co_return co_await line::open_tcp_line(*address, options_.connect_timeout);
    }
    const auto path = line::find_device(config_.device, options_.folders);
    missing_ = !path && path.error().is_missing;
    if (!path)
        co_return std::unexpected(path.error().cause);
    stats_.path = *path;
    auto line = line::open_serial_line(*path, format);
    std::error_code ignored;
    missing_ = !line && !std::filesystem::exists(*path, ignored);
    co_return line;
}

line::DeviceWatch PortBase::new_watch() const {
    return {executor_, tcp_ ? std::vector<std::filesystem::path>{}
                            : line::folders_to_watch(config_.device, options_.folders)};
}

std::string PortBase::failure(const boost::system::error_code& error) const {
    return tcp_ ? line::tcp_failure(error) : line::serial_failure(error);
}

} // namespace hanport::port
