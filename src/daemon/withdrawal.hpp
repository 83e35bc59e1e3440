// Removes what was published of meters that no longer exist: retained messages, discovery, and the
// registers remembered for the next start.
#pragma once

#include "daemon/announcer.hpp"
#include "daemon/hourly_store.hpp"

#include <set>

namespace hanport {

class Withdrawal {
  public:
    /// References must outlive this object.
    Withdrawal(const Topics& topics, Publisher& publisher, Announcer& announcer, HourlyStore& store)
        : topics_(topics), publisher_(publisher), announcer_(announcer), store_(store) {}

    /// The meter is gone: removes it at once or at the next connection. Its files stay until then,
    /// so that the next run can complete the removal.
    void add(const std::string& meter_id);
    /// The meter is back.
    void cancel(const std::string& meter_id) { waiting_.erase(meter_id); }

    /// A new connection.
    void on_connected();

  private:
    const Topics& topics_;
    Publisher& publisher_;
    Announcer& announcer_;
    HourlyStore& store_;
    std::set<std::string> waiting_; // for a connection
};

} // namespace hanport
