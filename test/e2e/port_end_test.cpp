// How a port ends: stopped, cancelled, or by its listener's exception.
#include "support/corpus.hpp"
#include "support/port_bench.hpp"
#include "support/pty.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest.h>

#include <stdexcept>

namespace {

using namespace std::chrono_literals;
using support::PortBench;
using support::Pty;

TEST(PortEndTest, StopsWhateverItIsDoing) {
    PortBench bench;
    const Pty pty;
    auto& reading = bench.start({.device = pty.path()});
    auto& waiting = bench.start({.device = bench.folder.path("none")});
    auto& fresh = bench.start({.device = bench.folder.path("none")});
    fresh.stop();
    ASSERT_TRUE(bench.until([&] { return bench.running == 2; }));
    ASSERT_TRUE(bench.until([&] { return reading.stats().state == "open"; }));
    bench.pass(200ms);
    reading.stop();
    waiting.stop();
    const auto before = std::chrono::steady_clock::now();
    ASSERT_TRUE(bench.until([&] { return bench.running == 0; }));
    EXPECT_LT(std::chrono::steady_clock::now() - before, 1s);
    EXPECT_EQ(reading.stats().state, "closed");
    EXPECT_EQ(waiting.stats().state, "closed");
}

TEST(PortEndTest, EndsWhenItsCoroutineIsCancelled) {
    for (const auto type :
         {boost::asio::cancellation_type::total, boost::asio::cancellation_type::terminal}) {
        PortBench bench;
        const Pty pty;
        for (const std::string& device : {pty.path(), bench.folder.path("none")}) {
            hanport::port::Port port(bench.io.get_executor(), {.device = device}, {}, bench,
                                     bench.options);
            boost::asio::cancellation_signal signal;
            bool ended = false;
            boost::asio::co_spawn(
                bench.io, port.run(),
                boost::asio::bind_cancellation_slot(
                    signal.slot(), [&](const std::exception_ptr&) { ended = true; }));
            ASSERT_TRUE(bench.until([&] { return port.stats().state != "closed"; }));
            bench.pass(50ms);
            EXPECT_FALSE(ended);
            signal.emit(type);
            EXPECT_TRUE(bench.until([&] { return ended; })) << device;
            EXPECT_EQ(port.stats().state, "closed");
        }
    }
}

class Refusing : public hanport::port::PortListener {
    void on_list(hanport::port::Port&, const han::list::List&) override {
        throw std::runtime_error("no room");
    }
    void on_refusal(hanport::port::Port&, const han::Refusal&) override {}
    void on_port_state(hanport::port::Port&, const hanport::port::PortState&) override {}
};

TEST(PortEndTest, AnExceptionOfItsListenerEndsIt) {
    PortBench bench;
    const Pty pty;
    Refusing listener;
    hanport::port::Port port(bench.io.get_executor(), {.device = pty.path()}, {}, listener,
                             bench.options);
    std::string failed;
    boost::asio::co_spawn(bench.io, port.run(), [&](const std::exception_ptr& failure) {
        try {
            std::rethrow_exception(failure);
        } catch (const std::runtime_error& error) {
            failed = error.what();
        }
    });
    ASSERT_TRUE(bench.until([&] { return port.stats().state == "open"; }));
    pty.write(support::corpus_file("kamstrup-no-3p4q-live-new").octets);
    EXPECT_TRUE(bench.until([&] { return failed == "no room"; })) << failed;
}

} // namespace
