// How this program awaits: errors are values, and whatever waits can be cancelled.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <exception>

namespace hanport {

/// What an operation returns is a tuple that begins with its error code.
inline constexpr auto as_result = boost::asio::as_tuple(boost::asio::use_awaitable);

/// What becomes of a coroutine that is spawned and not awaited (asio::detached would swallow it):
/// what escapes it leaves io_context::run(), ends the program with its message, and systemd starts it
/// again.
inline constexpr auto failing_loudly = [](const std::exception_ptr& escaped) {
    if (escaped)
        std::rethrow_exception(escaped);
};

/// Where a coroutine begins that is spawned, as both sides of || are: lets it be cancelled in every
/// way, not only for good. A coroutine that is awaited must not call this: the one that awaits it
/// would forget a cancellation.
[[nodiscard]] inline auto accept_cancellation() {
    return boost::asio::this_coro::reset_cancellation_state(
        boost::asio::enable_total_cancellation());
}

/// Whether the coroutine that awaits this has been told to end.
[[nodiscard]] boost::asio::awaitable<bool> is_cancelled();

/// Until the time is over, or the coroutine cancelled.
[[nodiscard]] boost::asio::awaitable<void> sleep(std::chrono::microseconds time);

/// A sleep for one side of ||.
[[nodiscard]] boost::asio::awaitable<void> time_limit(std::chrono::milliseconds time);

} // namespace hanport
