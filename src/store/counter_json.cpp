// Counters to JSON and back.
#include "store/counter_json.hpp"

#include "base/checksum.hpp"

#include <algorithm>
#include <array>
#include <cinttypes>
#include <cstdio>

namespace hanport::store {
namespace {

using nlohmann::json;

// A little more than 10¹² Wh; the sum or difference of two still fits into WattMillis.
constexpr meter::WattMillis most_energy = 4'000'000'000'000'000'000;
constexpr std::int64_t most_wh = 1'000'000'000'000;
constexpr std::int64_t most_watts = 1'000'000'000;

// In the year 2223; as nanoseconds it still fits into WallTime.
constexpr std::int64_t latest_millis = 8'000'000'000'000;

constexpr const char* checksum_name = "checksum";

// The end of a state file whose earlier text is `before`. Its size is the same for all files.
std::string end_of(std::string_view before) {
    std::array<char, 32> end{};
    std::snprintf(end.data(), end.size(), "\"%s\":\"%016" PRIx64 "\"}\n", checksum_name,
                  base::checksum_of(before));
    return end.data();
}

meter::WattMillis energy_of(const json& value) {
    return integer_of(value, -most_energy, most_energy);
}

} // namespace

json parse_state(std::string_view text) {
    constexpr int most_levels = 16;
    json document = json::parse(text, [](int depth, json::parse_event_t, const json&) {
        if (depth > most_levels)
            throw StateError("nested too deep");
        return true;
    });
    if (!document.is_object() || !document.contains(checksum_name))
        return document;
    const std::size_t end = text.size() - std::min(text.size(), end_of({}).size());
    if (text.substr(end) != end_of(text.substr(0, end)))
        throw StateError("the check sum is wrong");
    document.erase(checksum_name);
    return document;
}

std::string state_text(const json& object, int indent) {
    std::string text = object.dump(indent, ' ', false, json::error_handler_t::replace);
    text.pop_back();
    if (!object.empty())
        text += ',';
    return text.append(end_of(text));
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

std::int64_t millis_of(base::WallTime time) {
    return meter::millis(time.time_since_epoch());
}

base::WallTime time_of(const json& value) {
    return base::WallTime(std::chrono::milliseconds(integer_of(value, 0, latest_millis)));
}

std::chrono::local_seconds meter_clock_of(const json& value) {
    constexpr std::int64_t most_seconds = 4'000'000'000'000;
    return std::chrono::local_seconds(
        std::chrono::seconds(integer_of(value, -most_seconds, most_seconds)));
}

json to_json(const meter::LiveCounter::State& state) {
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

meter::LiveCounter::State counter_of(const json& object) {
    meter::LiveCounter::State state;
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

} // namespace hanport::store
