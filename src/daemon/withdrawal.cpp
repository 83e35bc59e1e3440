// Clears the topics of meters that no longer exist; see withdrawal.hpp.
#include "daemon/withdrawal.hpp"

#include <utility>

namespace hanport::daemon {

void Withdrawal::add(const std::string& meter_id) {
    waiting_.insert(meter_id);
    if (publisher_.connected())
        on_connected();
}

void Withdrawal::on_connected() {
    using han::list::ListKind;
    for (const std::string& id : std::exchange(waiting_, {})) {
        for (std::string topic :
             {topics_.availability(id), topics_.problem(id), topics_.tariff(id),
              topics_.list(id, ListKind::hourly), topics_.list(id, ListKind::readout)})
            (void)publisher_.publish({.topic = std::move(topic),
                                      .qos = mqtt::Qos::at_least_once,
                                      .retain = mqtt::Retain::yes},
                                     0);
        discovery_publisher_.withdraw(id);
        store_.forget(id);
    }
}

} // namespace hanport::daemon
