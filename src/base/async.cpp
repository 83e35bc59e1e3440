// Waiting; see async.hpp. Not in the header: GCC takes inline coroutines of several files for
// different ones (-Wodr).
#include "base/async.hpp"

#include <boost/asio/steady_timer.hpp>

namespace hanport::base {

boost::asio::awaitable<bool> is_cancelled() {
    const auto state = co_await boost::asio::this_coro::cancellation_state;
    co_return state.cancelled() != boost::asio::cancellation_type::none;
}

boost::asio::awaitable<void> sleep(std::chrono::microseconds time) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time);
    (void)co_await timer.async_wait(as_result);
}

boost::asio::awaitable<void> time_limit(std::chrono::milliseconds time) {
    co_await accept_cancellation();
    co_await sleep(time);
}

} // namespace hanport::base
