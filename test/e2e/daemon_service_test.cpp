// The daemon's notifications to systemd (sd_notify(3)); the test's own socket replaces systemd's.
#include "support/daemon.hpp"
#include "support/mosquitto.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <csignal>

namespace {

using namespace std::chrono_literals;
using support::Daemon;

class NotifySocket {
  public:
    explicit NotifySocket(const std::string& path)
        : descriptor_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        if (::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("cannot bind " + path);
    }
    ~NotifySocket() { ::close(descriptor_); }
    NotifySocket(const NotifySocket&) = delete;
    NotifySocket& operator=(const NotifySocket&) = delete;

    // Number of messages that begin with `text`, once there are `count` of them or the time is up.
    std::size_t wait_for(const std::string& text, std::size_t count) {
        std::size_t seen = 0;
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (seen < count && std::chrono::steady_clock::now() < deadline) {
            pollfd wanted{descriptor_, POLLIN, 0};
            if (::poll(&wanted, 1, 100) <= 0)
                continue;
            std::array<char, 512> message{};
            const ssize_t size = ::recv(descriptor_, message.data(), message.size(), 0);
            if (size > 0 &&
                std::string_view(message.data(), static_cast<std::size_t>(size)).starts_with(text))
                ++seen;
        }
        return seen;
    }

  private:
    int descriptor_;
};

TEST(DaemonService, TellsSystemdThatItIsReadyAliveAndStopping) {
    support::Mosquitto broker;
    broker.start();
    Daemon daemon({.device = "/nowhere/meter", .url = broker.url()});
    const std::string path = daemon.folder.path("notify");
    NotifySocket systemd(path);
    daemon.options.environment = {"NOTIFY_SOCKET=" + path, "WATCHDOG_USEC=400000"};
    daemon.start();
    EXPECT_EQ(systemd.wait_for("READY=1", 1), 1U);
    EXPECT_EQ(systemd.wait_for("WATCHDOG=1", 3), 3U) << "the I/O loop says that it runs";
    daemon.process().signal(SIGTERM);
    EXPECT_EQ(systemd.wait_for("STOPPING=1", 1), 1U);
    EXPECT_EQ(daemon.process().finish().status, 0);
}

} // namespace
