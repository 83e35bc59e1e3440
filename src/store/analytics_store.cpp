// State of the analytics to JSON and back; the files are described in analytics_store.hpp.
#include "store/analytics_store.hpp"

#include "base/durable_file.hpp"
#include "base/safe_name.hpp"
#include "store/counter_json.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <system_error>

namespace hanport::store {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using std::chrono::milliseconds;

constexpr std::string_view hourly_suffix = ".json";
constexpr std::string_view stopped_suffix = ".stopped.json";
constexpr std::string_view corrections_suffix = ".corrections.json";

// ---- values -------------------------------------------------------------------------------------

json to_json(const meter::PlausibilityFilter::State& plausibility) {
    json registers = json::object();
    for (const auto& [name, value] : plausibility.registers) {
        json& object =
            registers[name] = {{"wh", value.wh}, {"received", millis_of(value.received)}};
        if (value.clock)
            object["clock"] = value.clock->time_since_epoch().count();
    }
    return {{"registers", registers}, {"learned_power", plausibility.learned_power}};
}

meter::PlausibilityFilter::State plausibility_of(const json& object) {
    constexpr std::int64_t most_watts = 10'000'000; // above the power of any house connection
    meter::PlausibilityFilter::State plausibility;
    plausibility.learned_power = std::clamp<std::int64_t>(
        integer_of(object.at("learned_power"), INT64_MIN, INT64_MAX), 0, most_watts);
    const json& registers = object.at("registers");
    if (!registers.is_object())
        throw StateError("registers: an object is expected");
    for (const auto& [name, value] : registers.items()) {
        meter::PlausibilityFilter::Register& known = plausibility.registers[name];
        known.wh = wh_of(value.at("wh"));
        known.received = time_of(value.at("received"));
        if (value.contains("clock"))
            known.clock = meter_clock_of(value.at("clock"));
    }
    return plausibility;
}

// [beginning, Wh, true if it is an estimate] of each hour: a month has 744.
json to_json(const meter::TariffHours& hours) {
    json list = json::array();
    for (const auto& [hour, value] : hours)
        list.push_back({millis_of(hour), value.wh, value.source == meter::HourSource::estimate});
    return list;
}

void expect_array(const json& value) {
    if (!value.is_array())
        throw StateError(std::string("an array is expected, not ") + value.type_name());
}

base::WallTime full_hour_of(const json& value) {
    const base::WallTime time = time_of(value);
    if (meter::hour_of(time) != time)
        throw StateError("no full hour: " + value.dump());
    return time;
}

meter::TariffHours hours_of(const json& list) {
    meter::TariffHours hours;
    expect_array(list);
    for (const json& row : list) {
        meter::TariffHour& hour = hours[full_hour_of(row.at(0))];
        hour.wh = wh_of(row.at(1));
        hour.source =
            row.at(2).get<bool>() ? meter::HourSource::estimate : meter::HourSource::registers;
    }
    return hours;
}

std::string to_text(const std::string& meter_id, const meter::AnalyticsState& state,
                    base::WallTime now) {
    json object = {{"meter_id", meter_id},
                   {"saved", millis_of(now)},
                   {"import", store::to_json(state.import)},
                   {"export", store::to_json(state.exported)},
                   {"guards", to_json(state.plausibility)},
                   {"hours", to_json(state.hours)}};
    if (state.last_register)
        object["last_register"] = {millis_of(state.last_register->hour), state.last_register->wh};
    return state_text(object);
}

// A power valid since long before or after the time of the file is useless, and the time too long
// to integrate.
void forget_old_power(meter::LiveCounter::State& counter, base::WallTime saved) {
    constexpr auto longest = std::chrono::hours(24);
    if (std::chrono::abs(counter.last - saved) > longest)
        counter.watts.reset();
}

// Member by member: GCC 12 destroys the members of a designated initializer twice if a later one
// throws.
AnalyticsStore::Loaded loaded_of(const json& object) {
    AnalyticsStore::Loaded loaded;
    loaded.saved = time_of(object.at("saved"));
    loaded.state.import = counter_of(object.at("import"));
    loaded.state.exported = counter_of(object.at("export"));
    forget_old_power(loaded.state.import, loaded.saved);
    forget_old_power(loaded.state.exported, loaded.saved);
    loaded.state.plausibility = plausibility_of(object.at("guards"));
    loaded.state.hours = hours_of(object.at("hours"));
    if (object.contains("last_register")) {
        const json& last = object.at("last_register");
        expect_array(last);
        loaded.state.last_register = {.hour = full_hour_of(last.at(0)), .wh = wh_of(last.at(1))};
    }
    return loaded;
}

// {"hours":[[2026…ms, Wh, or null for an hour that does not count],…]}
meter::TariffCorrections corrections_of_json(const json& object) {
    meter::TariffCorrections corrections;
    const json& hours = object.at("hours");
    expect_array(hours);
    for (const json& row : hours) {
        auto& wh = corrections[full_hour_of(row.at(0))];
        if (!row.at(1).is_null())
            wh = wh_of(row.at(1));
    }
    return corrections;
}

// ---- files --------------------------------------------------------------------------------------

// The result of `parse` for the file. Empty if there is no such file, or if it cannot be parsed.
// `on_error`: for a file that cannot be read at the moment.
template <class Parse>
auto read_parsed(const fs::path& path, const Parse& parse, OnDamage on_damage, OnDamage on_error)
    -> std::optional<typename decltype(parse(std::string_view()))::value_type> {
    std::string why;
    try {
        const auto text = base::read_state_file(path);
        if (!text)
            return std::nullopt;
        auto parsed = parse(*text);
        if (parsed)
            return std::move(*parsed);
        why = std::move(parsed.error());
    } catch (const fs::filesystem_error& error) {
        why = error.what();
        if (!base::is_lasting(error.code()))
            on_damage = on_error;
    }
    if (on_damage == OnDamage::set_aside)
        base::set_aside(path, why);
    else
        spdlog::error("{} cannot be used ({})", path.string(), why);
    return std::nullopt;
}

bool try_to_write(const fs::path& path, const std::string& text) {
    try {
        base::write_durably(path, text);
        return true;
    } catch (const fs::filesystem_error& error) {
        spdlog::error("counters and hours are not kept: {}", error.what());
        return false;
    }
}

} // namespace

AnalyticsStore::AnalyticsStore(const fs::path& state_directory, const std::string& meter_id)
    : folder_(state_directory / "home"), name_(base::topic_level(meter_id)), meter_id_(meter_id) {}

fs::path AnalyticsStore::path(std::string_view suffix) const {
    return folder_ / (name_ + std::string(suffix));
}

std::expected<AnalyticsStore::Loaded, std::string> AnalyticsStore::state_of(std::string_view text) {
    return read_state(text, loaded_of);
}

std::expected<meter::TariffCorrections, std::string>
AnalyticsStore::corrections_of(std::string_view text) {
    return read_state(text, corrections_of_json);
}

// A file that cannot be read at the moment is also set aside, because the next state is written to
// its path.
std::optional<AnalyticsStore::Loaded> AnalyticsStore::load(OnDamage on_damage) const {
    if (auto stopped = read_parsed(path(stopped_suffix), state_of, on_damage, on_damage)) {
        stopped->clean = true;
        return stopped;
    }
    return read_parsed(path(hourly_suffix), state_of, on_damage, on_damage);
}

std::optional<AnalyticsStore::Loaded> AnalyticsStore::look() const {
    return load(OnDamage::leave);
}

// A stopped state that remains would be used as the newest after a crash, so it is valid only if it
// could be removed.
std::optional<AnalyticsStore::Loaded> AnalyticsStore::take() {
    auto loaded = load(OnDamage::set_aside);
    const fs::path stopped = path(stopped_suffix);
    std::error_code error;
    fs::remove(stopped, error);
    if (error && loaded) {
        spdlog::error("{} cannot be removed ({})", stopped.string(), error.message());
        loaded->clean = false;
    }
    if (loaded && loaded->clean)
        if (const auto hourly = read_parsed(path(hourly_suffix), state_of, OnDamage::set_aside,
                                            OnDamage::set_aside))
            loaded->saved = hourly->saved;
    return loaded;
}

void AnalyticsStore::save(const meter::AnalyticsState& state, base::WallTime now) const {
    (void)try_to_write(path(hourly_suffix), to_text(meter_id_, state, now));
}

bool AnalyticsStore::save_at_end(const meter::AnalyticsState& state, base::WallTime now) const {
    return try_to_write(path(stopped_suffix), to_text(meter_id_, state, now));
}

meter::TariffCorrections AnalyticsStore::corrections(OnDamage on_damage) const {
    return read_parsed(path(corrections_suffix), corrections_of, on_damage, OnDamage::leave)
        .value_or(meter::TariffCorrections{});
}

void AnalyticsStore::write_corrections(const meter::TariffCorrections& corrections) const {
    json hours = json::array();
    for (const auto& [hour, wh] : corrections)
        hours.push_back({millis_of(hour), wh ? json(*wh) : json()});
    const fs::path file = path(corrections_suffix);
    fs::create_directories(folder_);
    base::write_durably(file, state_text(json{{"hours", hours}}));
}

bool AnalyticsStore::corrections_changed() {
    std::error_code error;
    const auto time = fs::last_write_time(path(corrections_suffix), error);
    const auto now = error ? std::nullopt : std::optional(time);
    return std::exchange(corrections_time_, now) != now;
}

std::vector<std::string> AnalyticsStore::meters(const fs::path& state_directory) {
    std::vector<std::string> names;
    const fs::path folder = state_directory / "home";
    std::error_code error;
    if (!fs::exists(folder, error))
        return names;
    for (const fs::path& file : base::files_in(folder, error)) {
        std::string name = file.filename().string();
        if (name.ends_with(corrections_suffix) || !name.ends_with(hourly_suffix))
            continue;
        name.resize(name.size() -
                    (name.ends_with(stopped_suffix) ? stopped_suffix : hourly_suffix).size());
        if (std::ranges::find(names, name) == names.end())
            names.push_back(name);
    }
    std::ranges::sort(names);
    return names;
}

} // namespace hanport::store
