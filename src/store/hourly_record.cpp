// Hourly lists to JSON and back.
#include "store/hourly_record.hpp"

#include "store/counter_json.hpp"

#include <algorithm>

namespace hanport::store {
namespace {

using nlohmann::json;

json to_json(const meter::LatestValue& value) {
    json object = {{"magnitude", value.value.magnitude},
                   {"negative", value.value.negative},
                   {"exponent", value.value.exponent},
                   {"unit", static_cast<int>(value.unit)}};
    if (value.kind)
        object["kind"] = static_cast<int>(*value.kind);
    return object;
}

meter::LatestValue value_of(const json& object) {
    meter::LatestValue value;
    if (!object.at("magnitude").is_number_unsigned())
        throw StateError("magnitude: an integer without sign is expected");
    value.value.magnitude = object.at("magnitude").get<std::uint64_t>();
    value.value.negative = object.at("negative").get<bool>();
    value.value.exponent =
        static_cast<std::int16_t>(integer_of(object.at("exponent"), INT16_MIN, INT16_MAX));
    value.unit =
        han::cosem::Unit{static_cast<std::uint8_t>(integer_of(object.at("unit"), 0, UINT8_MAX))};
    if (object.contains("kind")) {
        const auto kind = integer_of(object.at("kind"), 0, UINT8_MAX);
        if (kind < static_cast<std::int64_t>(han::cosem::kinds)) // larger: from a newer version
            value.kind = static_cast<han::cosem::QuantityKind>(kind);
    }
    return value;
}

// A broker ends the connection for a topic with wildcards or control characters.
bool may_be_published(std::string_view topic) {
    constexpr std::size_t most = 65535;
    return !topic.empty() && topic.size() <= most && std::ranges::none_of(topic, [](char c) {
        return c == '+' || c == '#' || (c >= 0 && c < ' ') || c == '\x7F';
    });
}

// Member by member: GCC 12 destroys the members of a designated initializer twice if a later one
// throws.
HourlyRecord read_record(const json& object) {
    HourlyRecord record;
    object.at("topic").get_to(record.topic);
    object.at("payload").get_to(record.payload);
    object.at("meter_id").get_to(record.meter.meter_id);
    object.at("manufacturer").get_to(record.meter.manufacturer);
    object.at("meter_type").get_to(record.meter.meter_type);
    object.at("list_id").get_to(record.meter.list_id);
    if (object.contains("clock"))
        record.clock = meter_clock_of(object.at("clock"));
    record.received = time_of(object.at("received_ms"));
    if (!may_be_published(record.topic))
        throw StateError("topic: nothing can be published under it");
    if (record.meter.meter_id.empty())
        throw StateError("meter_id: is empty");
    const json& registers = object.at("registers");
    if (!registers.is_object())
        throw StateError("registers: an object is expected");
    for (const auto& [name, value] : registers.items())
        record.meter.values[name] = value_of(value);
    return record;
}

} // namespace

std::string to_text(const HourlyRecord& record) {
    json registers = json::object();
    for (const auto& [name, value] : record.meter.values)
        registers[name] = to_json(value);
    json object = {
        {"topic", record.topic},
        {"payload", record.payload},
        {"meter_id", record.meter.meter_id},
        {"manufacturer", record.meter.manufacturer},
        {"meter_type", record.meter.meter_type},
        {"list_id", record.meter.list_id},
        {"received_ms", millis_of(record.received)},
        {"registers", registers},
    };
    if (record.clock)
        object["clock"] = record.clock->time_since_epoch().count();
    return state_text(object);
}

std::expected<HourlyRecord, std::string> hourly_record_of(std::string_view text) {
    return read_state(text, read_record);
}

} // namespace hanport::store
