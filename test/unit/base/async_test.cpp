// A coroutine that fails without being awaited.
#include "base/async.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <stdexcept>

namespace {

using hanport::base::failing_loudly;

boost::asio::awaitable<void> fail() {
    throw std::runtime_error("the port has failed");
    co_return;
}

TEST(AwaitingTest, WhatEscapesASpawnedCoroutineLeavesTheLoop) {
    boost::asio::io_context io(1);
    boost::asio::co_spawn(io, fail(), failing_loudly);
    try {
        io.run();
        FAIL() << "swallowed";
    } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "the port has failed");
    }
}

} // namespace
