// Counters to JSON and back.
#include "daemon/counter_json.hpp"

namespace hanport {
namespace {

using nlohmann::json;

// 10¹² Wh and some; the sum or difference of two still fits into WattMillis.
constexpr WattMillis most_energy = 4'000'000'000'000'000'000;
constexpr std::int64_t most_wh = 1'000'000'000'000;
constexpr std::int64_t most_watts = 1'000'000'000;

// In the year 2223; as nanoseconds it still fits into WallTime.
constexpr std::int64_t latest_millis = 8'000'000'000'000;

WattMillis energy_of(const json& value) {
    return integer_of(value, -most_energy, most_energy);
}

} // namespace

json parse_state(std::string_view text) {
    constexpr int most_levels = 16;
    return json::parse(text, [](int depth, json::parse_event_t, const json&) {
        if (depth > most_levels)
            throw StateError("nested too deep");
        return true;
    });
}

std::int64_t integer_of(const json& value, std::int64_t least, std::int64_t most) {
    if (!value.is_number_integer())
        throw StateError(std::string("an integer is expected, not ") + value.type_name());
    const auto number = value.get<std::int64_t>();
    const bool wraps = value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX;
    if (wraps || number < least || number > most)
        throw StateError("number out of range: " + value.dump());
    return number;
}

std::int64_t wh_of(const json& value) {
    return integer_of(value, -most_wh, most_wh);
}

std::int64_t millis_of(WallTime time) {
    return millis(time.time_since_epoch());
}

WallTime time_of(const json& value) {
    return WallTime(std::chrono::milliseconds(integer_of(value, 0, latest_millis)));
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
    LiveCounter::State state;
    state.known = object.at("known").get<bool>();
    state.value = energy_of(object.at("value"));
    state.published = energy_of(object.at("published"));
    state.offset = energy_of(object.at("offset"));
    state.last = time_of(object.at("last"));
    state.hour = time_of(object.at("hour"));
    state.at_hour = energy_of(object.at("at_hour"));
    state.hour_known = object.at("hour_known").get<bool>();
    state.hour_complete = object.at("hour_complete").get<bool>();
    if (object.contains("watts"))
        state.watts = integer_of(object.at("watts"), -most_watts, most_watts);
    return state;
}

} // namespace hanport
