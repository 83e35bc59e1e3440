// One hourly list after the other; see hourly_delivery.hpp.
#include "daemon/hourly_delivery.hpp"

#include <spdlog/spdlog.h>

namespace hanport {

void HourlyDelivery::pump() {
    if (under_way_ != 0)
        return;
    const auto waiting = store_.front();
    if (!waiting)
        return;
    const Message message{.topic = waiting->record.topic,
                          .payload = waiting->record.payload,
                          .qos = Qos::at_least_once,
                          .retain = Retain::yes};
    under_way_ = waiting->number; // before sending: delivery may be told from within
    if (!send_(message, waiting->number))
        under_way_ = 0;
}

void HourlyDelivery::on_connected() {
    under_way_ = 0;
    pump();
}

void HourlyDelivery::on_delivered(std::uint64_t id) {
    if (id == 0 || id != under_way_)
        return;
    under_way_ = 0;
    store_.delivered(id);
    pump();
}

void HourlyDelivery::on_minute() {
    if (under_way_ != 0 && under_way_ == under_way_last_minute_) {
        on_connected();
        if (under_way_ != 0) // there is a connection
            spdlog::warn(
                "the broker did not take an hourly list within a minute; it is sent again");
    }
    pump(); // what could not be read before
    under_way_last_minute_ = under_way_;
}

} // namespace hanport
