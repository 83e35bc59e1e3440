// Outcomes to topics; see meter_publisher.hpp.
#include "publish/meter_publisher.hpp"

#include "publish/meter_messages.hpp"
#include "publish/state.hpp"

namespace hanport::publish {

void MeterPublisher::on_outcome(const meter::Outcome& outcome) {
    const std::string& id = outcome.snapshot.meter_id;
    for (const meter::Report& report : outcome.reports)
        publish(event_message(topics_, id, report, outcome.now.wall));
    if (outcome.charge)
        publish(tariff_message(topics_, id, *outcome.charge->tariff, outcome.charge->now));
    // The values of readouts are published with the message that has them.
    if (outcome.list != nullptr && outcome.kind != han::list::ListKind::readout)
        publish(state_message(topics_, outcome.snapshot, outcome.now.steady));
    if (!outcome.is_last)
        publish_availability(id, outcome.online);
    if (outcome.problem)
        publish(problem_message(topics_, id, outcome.problem->cause, outcome.problem->detail));
}

void MeterPublisher::publish_values(const meter::MeterPipeline& meter, base::SteadyTime now) {
    publish_availability(meter.snapshot().meter_id, meter.is_online(now));
    publish(state_message(topics_, meter.snapshot(), now));
}

void MeterPublisher::publish_problem(const meter::MeterPipeline& meter) {
    if (const auto& problem = meter.problem())
        publish(
            problem_message(topics_, meter.snapshot().meter_id, problem->cause, problem->detail));
}

void MeterPublisher::publish_availability(const std::string& meter_id, bool is_online) {
    if (!publisher_.connected())
        return;
    const auto [published, is_new] = online_.try_emplace(meter_id, is_online);
    if (!is_new && published->second == is_online)
        return;
    published->second = is_online;
    publish({.topic = topics_.availability(meter_id),
             .payload = std::string(is_online ? online : offline),
             .qos = mqtt::Qos::at_least_once,
             .retain = mqtt::Retain::yes});
}

} // namespace hanport::publish
