// Batches of readouts; see batches.hpp.
#include "publish/batches.hpp"

#include "meter/hour_clock.hpp"
#include "publish/list_message.hpp"

#include <algorithm>

namespace hanport::publish {

std::optional<Readouts::Due> Readouts::take(const config::PullConfig& config,
                                            const meter::Meter& meter, const han::list::List& list,
                                            base::Instant now) {
    const std::string& id = meter.snapshot().meter_id;
    Batch& batch = batches_[id];
    batch.config = config;
    batch.newest = now.wall;
    batch.waiting.push_back(
        list_message(topics_, id, list, han::list::ListKind::readout, now.wall));
    // Readings are not exact to the second: one that is nearly due counts as due.
    const auto early = config.interval / 2;
    if (batch.published && now.steady - *batch.published + early < config.publish_interval)
        return std::nullopt;
    return publish(id, batch, now.steady);
}

std::vector<Readouts::Due> Readouts::overdue(base::SteadyTime now) {
    std::vector<Due> due;
    for (auto& [id, batch] : batches_)
        if (!batch.waiting.empty() &&
            now - *batch.published >= batch.config.publish_interval + batch.config.interval)
            due.push_back(publish(id, batch, now));
    return due;
}

std::vector<Readouts::Due> Readouts::rest() {
    std::vector<Due> due;
    for (auto& [id, batch] : batches_)
        if (!batch.waiting.empty())
            due.push_back(publish(id, batch, *batch.published));
    return due;
}

Readouts::Due Readouts::publish(const std::string& meter_id, Batch& batch, base::SteadyTime now) {
    const bool lasting = batch.config.publish_interval >= lasting_interval;
    Due due{.meter_id = meter_id,
            .message = std::move(batch.waiting.back()),
            .lasting = lasting,
            .received = batch.newest};
    due.message.qos = lasting ? mqtt::Qos::at_least_once : mqtt::Qos::at_most_once;
    due.message.retain = lasting ? mqtt::Retain::yes : mqtt::Retain::no;
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

store::HourlyRecord record_of(const mqtt::Message& message, const meter::Meter& meter,
                              const han::list::List* list, base::WallTime received) {
    store::HourlyRecord record{.topic = message.topic,
                               .payload = message.payload,
                               .meter = meter.snapshot(),
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
