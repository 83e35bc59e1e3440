// Ports of other hosts, as provided by ser2net.
#include "e2e/port_frames.hpp"
#include "support/port_bench.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace port_frames;
using namespace std::chrono_literals;
using boost::asio::ip::tcp;
using hanport::config::Parity;
using support::PortBench;
using testing::ElementsAre;

class Server {
  public:
    explicit Server(PortBench& bench)
        : bench_(bench), acceptor_(bench.io, {boost::asio::ip::address_v4::loopback(), 0}) {
        port_ = acceptor_.local_endpoint().port();
    }
    [[nodiscard]] std::string device(const std::string& host) const {
        return "tcp://" + host + ":" + std::to_string(port_);
    }
    [[nodiscard]] tcp::socket accept() {
        std::optional<tcp::socket> accepted;
        acceptor_.async_accept([&](const boost::system::error_code& error, tcp::socket socket) {
            if (!error)
                accepted = std::move(socket);
        });
        if (!bench_.until([&] { return accepted.has_value(); }))
            throw std::runtime_error("nobody connects");
        return std::move(*accepted);
    }
    void close() { acceptor_.close(); }
    void open() {
        acceptor_ = tcp::acceptor(bench_.io, {boost::asio::ip::address_v4::loopback(), port_});
    }

  private:
    PortBench& bench_;
    tcp::acceptor acceptor_;
    std::uint16_t port_ = 0;
};

void send(tcp::socket& socket, std::string_view name) {
    boost::asio::write(socket, boost::asio::buffer(octets(name)));
}

TEST(TcpPortTest, ReadsANetworkPortAndConnectsAgain) {
    PortBench bench;
    Server server(bench);
    const auto device = server.device("127.0.0.1");
    const auto& port = bench.start({.device = device});
    auto socket = server.accept();
    send(socket, live);
    ASSERT_TRUE(bench.until([&] { return bench.lines.size() == 1; }));
    EXPECT_EQ(port.stats().parity, Parity::automatic);
    EXPECT_EQ(bench.memories.back().parity, Parity::automatic);
    EXPECT_EQ(port.stats().path, device);
    EXPECT_EQ(port.stats().bytes, octets(live).size()) << "no marks to take out";

    server.close();
    socket.close();
    ASSERT_TRUE(bench.until([&] { return port.stats().state == "Connection refused"; }));
    server.open();
    socket = server.accept();
    send(socket, hourly);
    ASSERT_TRUE(bench.until([&] { return bench.lines.size() == 2; }));
    EXPECT_THAT(bench.lines, ElementsAre(line(live), line(hourly)));
    EXPECT_EQ(port.stats().reconnects, 1U);
    EXPECT_THAT(
        bench.log(),
        ElementsAre("I port " + device + ": opened",
                    "W port " + device + ": closed by the other side; trying again until it works",
                    "W port " + device + ": Connection refused; trying again until it works",
                    "I port " + device + ": works again"));
}

TEST(TcpPortTest, ConnectsByName) {
    PortBench bench;
    Server server(bench);
    (void)bench.start({.device = server.device("localhost")});
    auto socket = server.accept();
    send(socket, live);
    EXPECT_TRUE(bench.until([&] { return bench.lines.size() == 1; }));
}

// ser2net accepts a connection to a port in use, and closes it again.
TEST(TcpPortTest, AServerThatHangsUpIsToldOnce) {
    PortBench bench;
    Server server(bench);
    const auto device = server.device("127.0.0.1");
    (void)bench.start({.device = device});
    for (int i = 0; i < 5; ++i) {
        auto socket = server.accept();
        boost::asio::write(socket, boost::asio::buffer("Port already in use\r\n", 21));
    }
    EXPECT_THAT(bench.log(), ElementsAre("I port " + device + ": opened",
                                         "W port " + device +
                                             ": closed by the other side; trying again until it "
                                             "works"));
}

// A server whose queue is full does not answer at all.
class DeafServer {
  public:
    explicit DeafServer(PortBench& bench) : acceptor_(bench.io, tcp::v4()) {
        acceptor_.bind({boost::asio::ip::address_v4::loopback(), 0});
        acceptor_.listen(0);
        for (int i = 0; i < 3; ++i) {
            auto& socket = *waiting_.emplace_back(std::make_unique<tcp::socket>(bench.io));
            socket.async_connect(acceptor_.local_endpoint(), [](auto) {});
        }
    }
    [[nodiscard]] std::string device() const {
        return "tcp://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
    }

  private:
    tcp::acceptor acceptor_;
    std::vector<std::unique_ptr<tcp::socket>> waiting_;
};

TEST(TcpPortTest, DoesNotWaitForAnAnswerForEver) {
    PortBench bench;
    bench.options.connect_timeout = 100ms;
    const DeafServer server(bench);
    const auto& port = bench.start({.device = server.device()});
    EXPECT_TRUE(bench.until([&] { return port.stats().state == "no answer within 100 ms"; }));
}

TEST(TcpPortTest, StopsWhileItConnects) {
    PortBench bench;
    bench.options.connect_timeout = 1h;
    const DeafServer server(bench);
    auto& port = bench.start({.device = server.device()});
    bench.pass(50ms);
    EXPECT_EQ(bench.running, 1U);
    port.stop();
    EXPECT_TRUE(bench.until([&] { return bench.running == 0; }));
    EXPECT_EQ(port.stats().state, "closed");
}

} // namespace
