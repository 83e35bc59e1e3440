// Home state to JSON and back; the files stand in home_file.hpp.
#include "daemon/home_file.hpp"

#include "daemon/counter_json.hpp"
#include "daemon/durable_file.hpp"
#include "mqtt/topics.hpp"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace hanport {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using std::chrono::milliseconds;

constexpr std::string_view hourly_suffix = ".json";
constexpr std::string_view stopped_suffix = ".stopped.json";
constexpr std::string_view corrections_suffix = ".corrections.json";

// ---- values -------------------------------------------------------------------------------------

json to_json(const Guards::State& guards) {
    json registers = json::object();
    for (const auto& [name, value] : guards.registers) {
        json& object =
            registers[name] = {{"wh", value.wh}, {"received", millis_of(value.received)}};
        if (value.clock)
            object["clock"] = value.clock->time_since_epoch().count();
    }
    return {{"registers", registers}, {"learned_power", guards.learned_power}};
}

Guards::State guards_of(const json& object) {
    Guards::State guards{.learned_power = object.at("learned_power")};
    for (const auto& [name, value] : object.at("registers").items()) {
        auto& known = guards.registers[name] = {.wh = value.at("wh"),
                                                .received = time_of(value.at("received"))};
        if (value.contains("clock"))
            known.clock = std::chrono::local_seconds(
                std::chrono::seconds(value.at("clock").get<std::int64_t>()));
    }
    return guards;
}

// [beginning, Wh, true where it is an estimate] of each hour: a month has 744.
json to_json(const TariffHours& hours) {
    json list = json::array();
    for (const auto& [hour, value] : hours)
        list.push_back({millis_of(hour), value.wh, value.source == HourSource::estimate});
    return list;
}

TariffHours hours_of(const json& list) {
    TariffHours hours;
    for (const json& row : list)
        hours[time_of(row.at(0))] = {.wh = row.at(1),
                                     .source = row.at(2).get<bool>() ? HourSource::estimate
                                                                     : HourSource::registers};
    return hours;
}

std::string to_text(const std::string& meter_id, const HomeState& state, WallTime now) {
    json object = {{"meter_id", meter_id},
                   {"saved", millis_of(now)},
                   {"import", to_json(state.import)},
                   {"export", to_json(state.exported)},
                   {"guards", to_json(state.guards)},
                   {"hours", to_json(state.hours)}};
    if (state.last_register)
        object["last_register"] = {millis_of(state.last_register->hour), state.last_register->wh};
    return object.dump(-1, ' ', false, json::error_handler_t::replace) + '\n';
}

// Throws json::exception.
HomeFile::Loaded loaded_of(const std::string& text) {
    const json object = json::parse(text);
    HomeFile::Loaded loaded{.state = {.import = counter_of(object.at("import")),
                                      .exported = counter_of(object.at("export")),
                                      .guards = guards_of(object.at("guards")),
                                      .hours = hours_of(object.at("hours"))},
                            .saved = time_of(object.at("saved"))};
    if (object.contains("last_register")) {
        const json& last = object.at("last_register");
        loaded.state.last_register = {.hour = time_of(last.at(0)), .wh = last.at(1)};
    }
    return loaded;
}

// ---- files --------------------------------------------------------------------------------------

// What `parse` makes of a file. None where there is no such file, or none that can be understood.
template <class Parse>
auto read_parsed(const fs::path& path, const Parse& parse)
    -> std::optional<decltype(parse(std::string()))> {
    try {
        if (const auto text = read_file(path))
            return parse(*text);
    } catch (const json::exception& error) {
        set_aside(path, error.what());
    } catch (const fs::filesystem_error& error) {
        spdlog::error("{}", error.what());
    }
    return std::nullopt;
}

void try_to_write(const fs::path& path, const std::string& text) {
    try {
        write_durably(path, text);
    } catch (const fs::filesystem_error& error) {
        spdlog::error("counters and hours are not kept: {}", error.what());
    }
}

} // namespace

HomeFile::HomeFile(const fs::path& state_directory, const std::string& meter_id)
    : folder_(state_directory / "home"), name_(topic_level(meter_id)), meter_id_(meter_id) {}

fs::path HomeFile::path(std::string_view suffix) const {
    return folder_ / (name_ + std::string(suffix));
}

std::optional<HomeFile::Loaded> HomeFile::look() const {
    if (auto stopped = read_parsed(path(stopped_suffix), loaded_of)) {
        stopped->clean = true;
        return stopped;
    }
    return read_parsed(path(hourly_suffix), loaded_of);
}

// A state that stays behind would be taken for the newest after a crash, so it counts only where it
// could be removed.
std::optional<HomeFile::Loaded> HomeFile::take() {
    auto loaded = look();
    const fs::path stopped = path(stopped_suffix);
    std::error_code error;
    fs::remove(stopped, error);
    if (error && loaded) {
        spdlog::error("{} cannot be removed ({})", stopped.string(), error.message());
        loaded->clean = false;
    }
    if (loaded && loaded->clean)
        if (const auto hourly = read_parsed(path(hourly_suffix), loaded_of))
            loaded->saved = hourly->saved;
    return loaded;
}

void HomeFile::save(const HomeState& state, WallTime now) const {
    std::error_code ignored; // writing tells
    fs::create_directories(folder_, ignored);
    try_to_write(path(hourly_suffix), to_text(meter_id_, state, now));
}

void HomeFile::save_at_end(const HomeState& state, WallTime now) const {
    std::error_code ignored;
    fs::create_directories(folder_, ignored);
    try_to_write(path(stopped_suffix), to_text(meter_id_, state, now));
}

// {"2026…ms": Wh, or null for an hour that does not count}
TariffCorrections HomeFile::corrections() const {
    const auto parse = [](const std::string& text) {
        TariffCorrections corrections;
        const json list = json::parse(text);
        for (const json& row : list.at("hours"))
            corrections[time_of(row.at(0))] =
                row.at(1).is_null() ? std::nullopt : std::optional(row.at(1).get<std::int64_t>());
        return corrections;
    };
    return read_parsed(path(corrections_suffix), parse).value_or(TariffCorrections{});
}

void HomeFile::write_corrections(const TariffCorrections& corrections) const {
    json hours = json::array();
    for (const auto& [hour, wh] : corrections)
        hours.push_back({millis_of(hour), wh ? json(*wh) : json()});
    const fs::path file = path(corrections_suffix);
    fs::create_directories(folder_);
    write_durably(file, json{{"hours", hours}}.dump() + '\n');
    struct stat owner{};
    if (::geteuid() == 0 && ::stat(folder_.c_str(), &owner) == 0 &&
        ::chown(file.c_str(), owner.st_uid, owner.st_gid) != 0)
        throw fs::filesystem_error("cannot change the owner", file,
                                   std::error_code(errno, std::generic_category()));
}

bool HomeFile::corrections_changed() {
    std::error_code error;
    const auto time = fs::last_write_time(path(corrections_suffix), error);
    const auto now = error ? std::nullopt : std::optional(time);
    return std::exchange(corrections_time_, now) != now;
}

std::vector<std::string> HomeFile::meters(const fs::path& state_directory) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(state_directory / "home", error)) {
        std::string name = entry.path().filename().string();
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

} // namespace hanport
