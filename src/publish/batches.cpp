// Batches of readouts; see batches.hpp.
#include "publish/batches.hpp"

#include "meter/hour_clock.hpp"
#include "publish/list_message.hpp"

#include <algorithm>

namespace hanport::publish {

std::optional<ReadingBatcher::Due> ReadingBatcher::take(const meter::Outcome& outcome) {
    if (outcome.list != nullptr)
        return add(outcome);
    const auto found = batches_.find(outcome.snapshot.meter_id);
    if (found == batches_.end() || found->second.waiting.empty())
        return std::nullopt;
    Batch& batch = found->second;
    const base::SteadyTime now = outcome.now.steady;
    if (!outcome.is_last &&
        now - *batch.published < batch.times.publish_interval + batch.times.interval)
        return std::nullopt;
    return publish(batch, now);
}

std::optional<ReadingBatcher::Due> ReadingBatcher::add(const meter::Outcome& outcome) {
    const auto& [steady, wall] = outcome.now;
    const std::string& id = outcome.snapshot.meter_id;
    Batch& batch = batches_[id];
    batch.times = outcome.polled.value_or(meter::PollTimes{});
    batch.newest = wall;
    batch.waiting.push_back(
        list_message(topics_, id, *outcome.list, han::list::ListKind::readout, wall));
    // Readings are not exact to the second: one that is nearly due counts as due.
    const auto early = batch.times.interval / 2;
    if (batch.published && steady - *batch.published + early < batch.times.publish_interval)
        return std::nullopt;
    return publish(batch, steady);
}

ReadingBatcher::Due ReadingBatcher::publish(Batch& batch, base::SteadyTime now) {
    const bool persistent = batch.times.publish_interval >= lasting_interval;
    Due due{.message = std::move(batch.waiting.back()),
            .persistent = persistent,
            .received = batch.newest};
    due.message.qos = persistent ? mqtt::Qos::at_least_once : mqtt::Qos::at_most_once;
    due.message.retain = persistent ? mqtt::Retain::yes : mqtt::Retain::no;
    batch.waiting.pop_back();
    if (!batch.waiting.empty()) {
        std::string& payload = due.message.payload;
        payload.pop_back(); // the closing brace
        const char* separator = R"(,"earlier":[)";
        for (const mqtt::Message& message : batch.waiting) {
            payload += separator;
            payload += message.payload;
            separator = ",";
        }
        payload += "]}";
    }
    batch.waiting.clear();
    batch.published = now;
    return due;
}

store::HourlyRecord record_of(const mqtt::Message& message, const meter::Snapshot& meter,
                              const han::list::List* list, base::WallTime received) {
    store::HourlyRecord record{.topic = message.topic,
                               .payload = message.payload,
                               .meter = meter,
                               .clock = list != nullptr ? meter::meter_seconds(list->meter_time)
                                                        : std::nullopt,
                               .received = received};
    std::erase_if(record.meter.values, [list](const auto& value) {
        return !meter::is_register(value.second.unit) ||
               (list != nullptr && std::ranges::none_of(list->readings, [&](const auto& reading) {
                    return han::cosem::name(reading) == value.first;
                }));
    });
    return record;
}

} // namespace hanport::publish
