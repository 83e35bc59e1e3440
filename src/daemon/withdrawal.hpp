// Takes back what was published of meters that are no longer there: retained messages, discovery,
// the registers remembered for the next start.
#pragma once

#include "daemon/announcer.hpp"
#include "daemon/hourly_store.hpp"

#include <set>

namespace hanport {

class Withdrawal {
  public:
    /// What is passed has to outlive this object.
    Withdrawal(const Topics& topics, Publisher& publisher, Announcer& announcer, HourlyStore& store)
        : topics_(topics), publisher_(publisher), announcer_(announcer), store_(store) {}

    /// The meter is gone: at once, or when there is a connection. Its files stay until then, so that
    /// the next run can do what this one has not.
    void add(const std::string& meter_id);
    /// It is there again.
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
