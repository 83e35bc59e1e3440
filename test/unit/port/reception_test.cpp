// Processing of a port's bytes, with a clock controlled by the test.
#include "port/reception.hpp"
#include "support/corpus.hpp"
#include "support/hex.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using testing::Gt;

class Refusals : public hanport::port::PortListener {
  public:
    void on_list(hanport::port::Port& /*port*/, const han::list::List& /*list*/) override {}
    void on_refusal(hanport::port::Port& /*port*/, const han::Refusal& /*refusal*/) override {
        ++count;
    }
    void on_port_state(hanport::port::Port& /*port*/,
                       const hanport::port::PortState& /*memory*/) override {}

    int count = 0;
};

// The beginning of a frame and light on the head, an octet before each end of silence.
TEST(PortReceptionTest, OctetsThatGoOnForEverAreTold) {
    for (const char* const begin : {"", "7E", "7EA7FF"}) {
        Refusals refusals;
        boost::asio::io_context context;
        const hanport::config::PortConfig config{.device = "/dev/null",
                                                 .parity = hanport::config::Parity::none};
        hanport::port::Port port(context.get_executor(), config, {}, refusals);
        hanport::port::PortStats stats;
        hanport::port::PortReception reception(port, refusals, config, {}, stats, {});
        hanport::port::PortReception::Clock::time_point now;
        reception.on_open(now);
        auto octets = support::hex(begin);
        (void)reception.on_bytes(now, octets);
        for (const auto end = now + 2min; now < end; now += 150ms) {
            auto light = support::hex("55");
            (void)reception.on_bytes(now, light);
        }
        EXPECT_THAT(refusals.count, Gt(1)) << begin;
    }
}

class Refuser : public hanport::port::PortListener {
  public:
    bool accepts(hanport::port::Port& /*port*/, const han::list::List& /*list*/) override {
        return has_room;
    }
    void on_list(hanport::port::Port& /*port*/, const han::list::List& /*list*/) override {}
    void on_refusal(hanport::port::Port& /*port*/, const han::Refusal& /*refusal*/) override {}
    void on_port_state(hanport::port::Port& /*port*/,
                       const hanport::port::PortState& memory) override {
        meter_id = memory.meter_id;
    }

    bool has_room = false;
    std::string meter_id;
};

// Each change would be written to disk.
TEST(PortReceptionTest, AListThatIsDroppedIsCountedAndItsMeterNotRemembered) {
    Refuser listener;
    boost::asio::io_context context;
    const hanport::config::PortConfig config{.device = "tcp://localhost:1"};
    hanport::port::Port port(context.get_executor(), config, {}, listener);
    hanport::port::PortStats stats;
    hanport::port::PortReception reception(port, listener, config, {}, stats, {});
    const hanport::port::PortReception::Clock::time_point now;
    reception.on_open(now);
    auto octets = support::corpus_file("kamstrup-no-3p4q-live-new").octets;
    (void)reception.on_bytes(now, octets);
    EXPECT_EQ(stats.beyond_limit, 1U);
    EXPECT_EQ(listener.meter_id, "");
    listener.has_room = true;
    octets = support::corpus_file("kamstrup-no-3p4q-live-new").octets;
    (void)reception.on_bytes(now, octets);
    EXPECT_EQ(stats.beyond_limit, 1U);
    EXPECT_NE(listener.meter_id, "");
}

} // namespace
