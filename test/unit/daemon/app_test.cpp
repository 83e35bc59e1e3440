// The wiring: in which order a list goes through the sinks.
#include "daemon/app.hpp"
#include "support/process.hpp"
#include "unit/meter/home_lists.hpp"

#include <gtest/gtest.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace {

using namespace std::chrono_literals;
using support::Folder;

// Files that appear in folders, in the order in which they appear.
class Appearances {
  public:
    void watch(const std::string& folder) {
        std::filesystem::create_directories(folder);
        ASSERT_GE(::inotify_add_watch(file_.get(), folder.c_str(), IN_MOVED_TO), 0);
    }
    [[nodiscard]] std::vector<std::string> names() const {
        alignas(inotify_event) std::array<char, 4096> events{};
        const ssize_t size = ::read(file_.get(), events.data(), events.size());
        std::vector<std::string> found;
        for (ssize_t at = 0; at < size;) {
            const auto* const event = reinterpret_cast<const inotify_event*>(events.data() + at);
            found.emplace_back(static_cast<const char*>(event->name));
            at += static_cast<ssize_t>(sizeof *event) + event->len;
        }
        return found;
    }

  private:
    hanport::base::FileDescriptor file_{::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)};
};

// SIGKILL in between would lose the hour the other way round: with the saved state the same list
// is a repeated one when the meter sends it again.
TEST(AppTest, AnHourlyListIsOnDiskBeforeTheStateThatKnowsItsRegisters) {
    const Folder folder;
    boost::asio::io_context io;
    hanport::config::Config config;
    config.service.state_directory = folder.path();
    config.ports.resize(1);
    config.ports[0].device = folder.path("no-device");
    hanport::daemon::App app(io, config, false); // not started: the broker is never reached
    Appearances appearances;
    appearances.watch(folder.path("outbox"));
    appearances.watch(folder.path("home"));

    hanport::port::PortListener& listener = app;
    config.ports[0].number = 1;
    hanport::port::Port port(io.get_executor(), config.ports[0], {}, listener);
    auto list = support::list_with({support::power(1000), support::energy(1'000'000)});
    list.meter_id = "5706567000000001";
    ASSERT_TRUE(listener.accepts(port, list));
    listener.on_list(port, list);
    EXPECT_EQ(appearances.names(),
              (std::vector<std::string>{"0000000000000001.json", "5706567000000001.json"}));
}

} // namespace
