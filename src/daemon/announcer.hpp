// Announces meters to Home Assistant, and again when it starts, when the broker starts, and when a
// meter turns out to send more. What was announced earlier is asked from the broker, whose retained
// messages are the only memory needed: so styles migrate, and what is no longer offered is taken
// back.
#pragma once

#include "daemon/publisher.hpp"
#include "mqtt/discovery.hpp"
#include "mqtt/discovery_plan.hpp"

#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <set>

namespace hanport {

class Announcer {
  public:
    /// `on_birth` is called a few seconds after Home Assistant has started, when it wants to hear
    /// all states.
    Announcer(boost::asio::any_io_executor executor, Topics topics, DiscoveryOptions options,
              DiscoveryStyle style, Publisher& publisher, std::function<void()> on_birth);

    /// A new connection: what the broker holds is asked for once more.
    void on_connected();

    /// What is known of a meter now; `complete` once it has sent all kinds of its lists. Cheap
    /// where nothing is new.
    void update(const Snapshot& snapshot, bool complete);

    /// The meter is gone: what the broker holds of it is taken back.
    void withdraw(const std::string& meter_id);

    /// Retained announcements and Home Assistant's birth; others are ignored.
    void on_message(const Message& message);

  private:
    struct Announcement {
        Snapshot snapshot;
        DiscoverySituation situation;
        std::set<std::string> names; // of the values announced
        bool asked = false;          // the broker was asked for what it holds
        bool known = false;          // and has had the time to answer
        bool leaving = false;        // it is withdrawn as soon as that is known
    };

    void ask(const std::string& meter_id);
    void on_answer(const std::string& meter_id);
    void announce(Announcement& announcement);
    void announce_all();
    static void keep(Announcement& announcement, const Message& message);
    void after(std::chrono::milliseconds delay, std::function<void()> action);

    boost::asio::any_io_executor executor_;
    Topics topics_;
    DiscoveryOptions options_;
    DiscoveryStyle style_;
    Publisher& publisher_;
    std::function<void()> on_birth_;
    std::map<std::string, Announcement> meters_;
    std::uint64_t connection_ = 0; // answers to an earlier connection's questions do not count
};

} // namespace hanport
