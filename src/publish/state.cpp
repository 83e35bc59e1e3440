// The latest values to JSON, decimals as the meter sent them.
#include "publish/state.hpp"

#include <string_view>

namespace hanport::publish {
namespace {

// Names are quantities, OBIS codes like "1-1:1.7.0", or checked by the configuration: none of them
// needs escaping.
void append_value(std::string& out, const meter::LatestValue& latest, std::chrono::seconds lifetime,
                  std::chrono::steady_clock::time_point now) {
    if (!latest.known || (!meter::is_register(latest.unit) && now - latest.received > lifetime)) {
        out += "null";
        return;
    }
    han::Decimal value = latest.value;
    value.exponent =
        static_cast<std::int16_t>(value.exponent - meter::published_unit(latest.unit).exponent);
    append(out, value);
}

} // namespace

std::string state_json(const meter::Snapshot& snapshot, std::chrono::steady_clock::time_point now) {
    std::string out = "{";
    for (const auto& [name, latest] : snapshot.values) {
        if (!meter::is_measured(snapshot, name))
            continue;
        if (out.size() > 1)
            out += ',';
        out += '"';
        out += name;
        out += "\":";
        append_value(out, latest, snapshot.lifetime, now);
    }
    out += '}';
    return out;
}

mqtt::Message state_message(const Topics& topics, const meter::Snapshot& snapshot,
                            std::chrono::steady_clock::time_point now) {
    return {.topic = topics.state(snapshot.meter_id), .payload = state_json(snapshot, now)};
}

} // namespace hanport::publish
