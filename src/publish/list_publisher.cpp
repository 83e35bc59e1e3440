// Lists to the outbox or to the broker; see list_publisher.hpp.
#include "publish/list_publisher.hpp"

#include "publish/list_message.hpp"
#include "publish/state.hpp"

namespace hanport::publish {

using han::list::ListKind;

void ListPublisher::on_outcome(const meter::Outcome& outcome) {
    if (outcome.list != nullptr && outcome.kind != ListKind::readout) {
        publish_list(outcome);
    } else if (const auto due = readouts_.take(outcome)) {
        if (due->persistent)
            keep(record_of(due->message, outcome.snapshot, nullptr, due->received));
        else
            (void)publisher_.publish(due->message, 0);
        (void)publisher_.publish(state_message(topics_, outcome.snapshot, outcome.now.steady), 0);
    }
}

// The list topic has everything that the meter sent, also values dropped from the state.
void ListPublisher::publish_list(const meter::Outcome& outcome) {
    const mqtt::Message message = list_message(topics_, outcome.snapshot.meter_id, *outcome.list,
                                               outcome.kind, outcome.now.wall);
    if (outcome.kind == ListKind::hourly)
        keep(record_of(message, outcome.snapshot, outcome.list, outcome.now.wall));
    else
        (void)publisher_.publish(message, 0);
}

void ListPublisher::keep(const store::HourlyRecord& record) {
    outbox_.put(record);
    delivery_.send_next();
}

} // namespace hanport::publish
