// Counters to JSON and back.
#include "daemon/counter_json.hpp"

namespace hanport {

using nlohmann::json;

std::int64_t millis_of(WallTime time) {
    return millis(time.time_since_epoch());
}

WallTime time_of(const json& value) {
    return WallTime(std::chrono::milliseconds(value.get<std::int64_t>()));
}

json to_json(const LiveCounter::State& state) {
    json object = {{"known", state.known},
                   {"value", state.value},
                   {"published", state.published},
                   {"offset", state.offset},
                   {"last", millis_of(state.last)},
                   {"hour", millis_of(state.hour)},
                   {"at_hour", state.at_hour},
                   {"hour_known", state.hour_known},
                   {"hour_complete", state.hour_complete}};
    if (state.watts)
        object["watts"] = *state.watts;
    return object;
}

LiveCounter::State counter_of(const json& object) {
    LiveCounter::State state{.known = object.at("known"),
                             .value = object.at("value"),
                             .published = object.at("published"),
                             .offset = object.at("offset"),
                             .last = time_of(object.at("last")),
                             .hour = time_of(object.at("hour")),
                             .at_hour = object.at("at_hour"),
                             .hour_known = object.at("hour_known"),
                             .hour_complete = object.at("hour_complete")};
    if (object.contains("watts"))
        state.watts = object.at("watts").get<std::int64_t>();
    return state;
}

} // namespace hanport
