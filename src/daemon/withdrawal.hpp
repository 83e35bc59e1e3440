// Removes what was published of meters that no longer exist: retained messages, discovery, and the
// registers remembered for the next start.
#pragma once

#include "homeassistant/discovery_publisher.hpp"
#include "store/hourly_store.hpp"

#include <set>

namespace hanport::daemon {

class Withdrawal {
  public:
    /// References must outlive this object.
    Withdrawal(const publish::Topics& topics, publish::Publisher& publisher,
               homeassistant::DiscoveryPublisher& discovery, store::HourlyStore& store)
        : topics_(topics), publisher_(publisher), discovery_publisher_(discovery), store_(store) {}

    /// The meter is gone: removes it at once or at the next connection. Its files stay until then,
    /// so that the next run can complete the removal.
    void add(const std::string& meter_id);
    /// The meter is back.
    void cancel(const std::string& meter_id) { waiting_.erase(meter_id); }

    /// A new connection.
    void on_connected();

  private:
    const publish::Topics& topics_;
    publish::Publisher& publisher_;
    homeassistant::DiscoveryPublisher& discovery_publisher_;
    store::HourlyStore& store_;
    std::set<std::string> waiting_; // for a connection
};

} // namespace hanport::daemon
