// How this program awaits: errors are values, and whatever waits can be cancelled.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <utility>

namespace hanport {

/// What an operation returns is a tuple that begins with its error code.
inline constexpr auto as_result = boost::asio::as_tuple(boost::asio::use_awaitable);

/// Where a coroutine begins that was spawned: lets it be cancelled in every way, not only for good.
/// What awaits it must not call this again, it would forget a cancellation.
[[nodiscard]] inline auto accept_cancellation() {
    return boost::asio::this_coro::reset_cancellation_state(
        boost::asio::enable_total_cancellation());
}

/// For the two sides of ||, which spawns them.
template <class T>
[[nodiscard]] boost::asio::awaitable<T> cancellable(boost::asio::awaitable<T> inner) {
    co_await accept_cancellation();
    co_return co_await std::move(inner);
}

/// Until the time is over, or the coroutine cancelled.
[[nodiscard]] inline boost::asio::awaitable<void> sleep(std::chrono::milliseconds time) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time);
    (void)co_await timer.async_wait(as_result);
}

} // namespace hanport
