// Publishes Home Assistant discovery for meters. Publishes it again when Home Assistant or the
// broker restarts, and when a meter sends further quantities. Earlier discovery messages are read
// back from the broker, whose retained messages are the only memory needed. So a change of style is
// migrated, and entities that no longer exist are removed.
#pragma once

#include "homeassistant/discovery.hpp"
#include "homeassistant/discovery_plan.hpp"
#include "meter/outcome.hpp"
#include "publish/publisher.hpp"

#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <set>

namespace hanport::homeassistant {

class DiscoveryPublisher : public meter::OutcomeSink {
  public:
    /// `on_birth` is called a few seconds after Home Assistant has started, when it needs all
    /// states again.
    DiscoveryPublisher(boost::asio::any_io_executor executor, publish::Topics topics,
                       DiscoveryOptions options, config::DiscoveryStyle style,
                       publish::Publisher& publisher, std::function<void()> on_birth);

    /// A new connection: requests the retained messages from the broker again.
    void on_connected();

    /// A list may have brought new knowledge of its meter.
    void on_outcome(const meter::Outcome& outcome) override {
        if (outcome.list != nullptr)
            update(outcome.snapshot, outcome.complete);
    }
    /// Current knowledge of a meter; `complete` once it has sent all its kinds of lists. Cheap if
    /// nothing has changed.
    void update(const meter::Snapshot& snapshot, bool complete);

    /// The meter is gone: its retained messages at the broker are removed.
    void withdraw(const std::string& meter_id);

    /// Handles retained discovery messages and Home Assistant's birth message; ignores others.
    void on_message(const mqtt::Message& message);

  private:
    struct Announcement {
        meter::Snapshot snapshot;
        DiscoverySituation situation;
        std::set<std::string> names; // of the values in discovery
        bool asked = false;          // the retained messages were requested from the broker
        bool known = false;          // and the broker has had time to answer
        bool leaving = false;        // will be removed as soon as the retained messages are known
    };

    void ask(const std::string& meter_id);
    void on_answer(const std::string& meter_id);
    void announce(Announcement& announcement);
    void announce_all();
    static void keep(Announcement& announcement, const mqtt::Message& message);
    void after(std::chrono::milliseconds delay, std::function<void()> action);

    boost::asio::any_io_executor executor_;
    publish::Topics topics_;
    DiscoveryOptions options_;
    config::DiscoveryStyle style_;
    publish::Publisher& publisher_;
    std::function<void()> on_birth_;
    std::map<std::string, Announcement> meters_;
    std::uint64_t connection_ = 0; // answers to requests of an earlier connection are ignored
};

} // namespace hanport::homeassistant
