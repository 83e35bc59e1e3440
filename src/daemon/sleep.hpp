// Waiting in a coroutine.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>

namespace hanport {

/// How this program awaits: errors are values. What an operation returns is a tuple that begins
/// with its error code.
inline constexpr auto as_result = boost::asio::as_tuple(boost::asio::use_awaitable);

/// Lets a coroutine that was spawned, also by || of two, be cancelled in every way. Operations that
/// begin after that throw.
[[nodiscard]] inline auto accept_cancellation() {
    return boost::asio::this_coro::reset_cancellation_state(
        boost::asio::enable_total_cancellation());
}

/// Until the time is over, or the coroutine cancelled.
[[nodiscard]] inline boost::asio::awaitable<void> sleep(std::chrono::milliseconds time) {
    co_await accept_cancellation();
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time);
    (void)co_await timer.async_wait(as_result);
}

} // namespace hanport
