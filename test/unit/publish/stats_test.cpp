// The stats topic: flat sums for Home Assistant, and each port below.
#include "publish/stats.hpp"
#include "support/corpus.hpp"
#include "support/pty.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace {

using namespace std::chrono_literals;
using nlohmann::json;

// Keys that Home Assistant's entities read are there, also before there is a port.
TEST(StatsTest, WithoutPortsAllIsNothing) {
    const json stats = json::parse(hanport::publish::stats_json(
        {.uptime = 90s, .outbox_depth = 3, .broker_reconnects = 2}, {}));
    EXPECT_EQ(stats.at("uptime"), 90);
    EXPECT_EQ(stats.at("outbox_depth"), 3);
    EXPECT_EQ(stats.at("broker_reconnects"), 2);
    EXPECT_EQ(stats.at("port_state"), "");
    EXPECT_EQ(stats.at("ports"), json::array());
    for (const char* key : {"bytes", "line_errors", "reconnects", "frames_ok", "frames_refused"})
        EXPECT_EQ(stats.at(key), 0) << key;
}

class Nobody : public hanport::port::PortListener {
  public:
    void on_list(hanport::port::Port&, const han::list::List&) override { ++lists; }
    void on_refusal(hanport::port::Port&, const han::Refusal&) override { ++refusals; }
    void on_port_state(hanport::port::Port&, const hanport::port::PortState&) override {}
    int lists = 0;
    int refusals = 0;
};

TEST(StatsTest, PortsAreToldAndSummedUp) {
    boost::asio::io_context io;
    Nobody listener;
    const support::Pty pty;
    const auto frame = support::corpus_file("kamstrup-no-3p4q-live-new").octets;
    auto damaged = frame;
    damaged.at(damaged.size() / 2) ^= 1U;
    std::vector<std::unique_ptr<hanport::port::Port>> ports;
    for (const std::string& device : {pty.path(), std::string("tcp://localhost:1")})
        ports.push_back(std::make_unique<hanport::port::Port>(
            io.get_executor(),
            hanport::config::PortConfig{.device = device, .parity = hanport::config::Parity::none},
            hanport::port::PortState{}, listener, hanport::port::PortOptions{}));
    boost::asio::co_spawn(io, ports[0]->run(), boost::asio::detached);
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (ports[0]->stats().state != "open" && io.run_one_until(deadline) > 0) {
    }
    for (const auto& octets : {damaged, frame, frame})
        pty.write(octets);
    while (listener.lists < 2 && io.run_one_until(deadline) > 0) {
    }
    const json stats = json::parse(hanport::publish::stats_json(
        {.dropped = {{"register_fell", 2}, {"out_of_range", 1}},
         .cause =
             [&](const auto& port) {
                 return &port == ports[1].get() ? hanport::meter::Problem::no_port
                                                : hanport::meter::Problem::ok;
             }},
        ports));
    EXPECT_EQ(stats.at("values_dropped"), 3);
    EXPECT_EQ(stats.at("dropped").at("register_fell"), 2);
    EXPECT_EQ(stats.at("ports").at(0).at("cause"), "ok");
    EXPECT_EQ(stats.at("ports").at(1).at("cause"), "no_port");
    EXPECT_EQ(stats.at("frames_ok"), 2);
    EXPECT_EQ(stats.at("frames_refused"), listener.refusals);
    EXPECT_GE(listener.refusals, 1);
    EXPECT_EQ(stats.at("bytes"), 3 * frame.size());
    EXPECT_EQ(stats.at("port_state"), "open, closed");
    EXPECT_EQ(stats.at("parity"), "8N1, unknown");
    ASSERT_EQ(stats.at("ports").size(), 2U);
    EXPECT_EQ(stats.at("ports").at(0).at("device"), pty.path());
    EXPECT_EQ(stats.at("ports").at(0).at("frames").at("live"), 2);
    EXPECT_EQ(stats.at("ports").at(0).at("lists_beyond_limit"), 0);
    EXPECT_EQ(stats.at("ports").at(1).at("frames"), json::object());
    ports[0]->stop();
    io.run_for(5s);
}

} // namespace
