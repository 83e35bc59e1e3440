// Conventions for coroutines: errors are values, and every wait can be cancelled.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <exception>

namespace hanport::base {

/// Operations return a tuple that begins with the error code.
inline constexpr auto as_result = boost::asio::as_tuple(boost::asio::use_awaitable);

/// Completion handler for coroutines that are spawned and not awaited (asio::detached would ignore
/// exceptions). An exception leaves io_context::run() and ends the program with its message;
/// systemd then restarts it.
inline constexpr auto failing_loudly = [](const std::exception_ptr& escaped) {
    if (escaped)
        std::rethrow_exception(escaped);
};

/// Call this at the start of a coroutine that is spawned, like both sides of ||. It enables all
/// kinds of cancellation, not only terminal. A coroutine that is awaited must not call this,
/// because its caller would lose a cancellation.
[[nodiscard]] inline auto accept_cancellation() {
    return boost::asio::this_coro::reset_cancellation_state(
        boost::asio::enable_total_cancellation());
}

/// True if the awaiting coroutine has been cancelled.
[[nodiscard]] boost::asio::awaitable<bool> is_cancelled();

/// Waits until the time is over or the coroutine is cancelled.
[[nodiscard]] boost::asio::awaitable<void> sleep(std::chrono::microseconds time);

/// A sleep for one side of ||.
[[nodiscard]] boost::asio::awaitable<void> time_limit(std::chrono::milliseconds time);

} // namespace hanport::base
