// Hourly lists on disk; the layout stands in hourly_store.hpp.
#include "daemon/hourly_store.hpp"

#include "daemon/durable_file.hpp"
#include "mqtt/topics.hpp"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <set>

namespace hanport {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using std::chrono::system_clock;

constexpr std::string_view suffix = ".json";

json to_json(const LatestValue& value) {
    json object = {{"magnitude", value.value.magnitude},
                   {"negative", value.value.negative},
                   {"exponent", value.value.exponent},
                   {"unit", static_cast<int>(value.unit)}};
    if (value.kind)
        object["kind"] = static_cast<int>(*value.kind);
    return object;
}

LatestValue value_from_json(const json& object, system_clock::time_point received) {
    std::optional<han::cosem::Kind> kind;
    if (const int number = object.value("kind", -1);
        number >= 0 && number < static_cast<int>(han::cosem::kinds))
        kind = static_cast<han::cosem::Kind>(number);
    return {.value = {.magnitude = object.at("magnitude").get<std::uint64_t>(),
                      .negative = object.at("negative").get<bool>(),
                      .exponent = object.at("exponent").get<std::int16_t>()},
            .unit = han::cosem::Unit{object.at("unit").get<std::uint8_t>()},
            .received = received,
            .kind = kind};
}

std::string to_text(const HourlyRecord& record) {
    json registers = json::object();
    for (const auto& [name, value] : record.meter.values)
        registers[name] = to_json(value);
    const auto since_epoch = record.received.time_since_epoch();
    const json object = {
        {"topic", record.topic},
        {"payload", record.payload},
        {"meter_id", record.meter.meter_id},
        {"manufacturer", record.meter.manufacturer},
        {"meter_type", record.meter.meter_type},
        {"list_id", record.meter.list_id},
        {"meter_hour", record.meter_hour},
        {"received_ms", std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()},
        {"registers", registers},
    };
    return object.dump(-1, ' ', false, json::error_handler_t::replace) + '\n';
}

// Throws nlohmann::json::exception.
HourlyRecord from_text(const std::string& text) {
    const json object = json::parse(text);
    HourlyRecord record{.topic = object.at("topic"),
                        .payload = object.at("payload"),
                        .meter = {.meter_id = object.at("meter_id"),
                                  .manufacturer = object.at("manufacturer"),
                                  .meter_type = object.at("meter_type"),
                                  .list_id = object.at("list_id"),
                                  .values = {}},
                        .meter_hour = object.at("meter_hour"),
                        .received = system_clock::time_point(std::chrono::milliseconds(
                            object.at("received_ms").get<std::int64_t>()))};
    for (const auto& [name, value] : object.at("registers").items())
        record.meter.values[name] = value_from_json(value, record.received);
    return record;
}

// None, and the file set aside, where it cannot be understood.
std::optional<HourlyRecord> load(const fs::path& path) {
    try {
        if (const auto text = read_file(path))
            return from_text(*text);
    } catch (const json::exception& error) {
        set_aside(path, error.what());
    } catch (const fs::filesystem_error& error) {
        spdlog::error("{}", error.what());
    }
    return std::nullopt;
}

std::optional<std::uint64_t> number_of(const fs::path& path) {
    const std::string stem = path.stem().string();
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), number);
    if (path.extension() != suffix || error != std::errc{} || end != stem.data() + stem.size())
        return std::nullopt;
    return number;
}

} // namespace

HourlyStore::HourlyStore(const fs::path& directory, std::size_t capacity)
    : outbox_(directory / "outbox"), meters_(directory / "meters"), capacity_(capacity) {
    fs::create_directories(outbox_);
    fs::create_directories(meters_);
    std::set<std::uint64_t> numbers;
    for (const auto& entry : fs::directory_iterator(outbox_)) {
        if (const auto number = number_of(entry.path()))
            numbers.insert(*number);
        else if (entry.path().extension() == unfinished_suffix)
            fs::remove(entry.path()); // the power failed while it was written
    }
    for (const std::uint64_t number : numbers)
        queue_.push_back({.number = number, .in_memory = {}});
    if (!queue_.empty())
        next_number_ = queue_.back().number + 1;
}

fs::path HourlyStore::path_of(std::uint64_t number) const {
    std::string digits = std::to_string(number);
    constexpr std::size_t width = 16;
    digits.insert(0, width - std::min(width, digits.size()), '0');
    return outbox_ / (digits + std::string(suffix));
}

fs::path HourlyStore::path_of_meter(const std::string& meter_id) const {
    return meters_ / (topic_level(meter_id) + std::string(suffix));
}

std::vector<HourlyRecord> HourlyStore::newest() {
    std::map<std::string, HourlyRecord> by_meter;
    for (const auto& entry : fs::directory_iterator(meters_))
        if (entry.path().extension() == suffix)
            if (auto record = load(entry.path()))
                by_meter.insert_or_assign(record->meter.meter_id, std::move(*record));
    for (const Entry& entry : queue_)
        if (auto record = entry.in_memory ? entry.in_memory : load(path_of(entry.number)))
            by_meter.insert_or_assign(record->meter.meter_id, std::move(*record));
    std::vector<HourlyRecord> records;
    records.reserve(by_meter.size());
    for (auto& [id, record] : by_meter)
        records.push_back(std::move(record));
    return records;
}

void HourlyStore::put(const HourlyRecord& record) {
    Entry entry{.number = next_number_++, .in_memory = {}};
    try {
        write_durably(path_of(entry.number), to_text(record));
    } catch (const fs::filesystem_error& error) {
        spdlog::error("the hourly list of meter {} is kept in memory only: {}",
                      record.meter.meter_id, error.what());
        entry.in_memory = record;
    }
    queue_.push_back(std::move(entry));
    drop_beyond_capacity();
}

void HourlyStore::drop_beyond_capacity() {
    std::size_t dropped = 0;
    for (; queue_.size() > capacity_; ++dropped) {
        std::error_code ignored; // it is dropped either way
        fs::remove(path_of(queue_.front().number), ignored);
        queue_.pop_front();
    }
    if (dropped > 0)
        spdlog::warn("more than {} hourly lists wait for the broker; the oldest {} dropped",
                     capacity_, dropped == 1 ? "one was" : "ones were");
}

std::optional<HourlyStore::Waiting> HourlyStore::front() {
    while (!queue_.empty()) {
        const Entry& entry = queue_.front();
        if (auto record = entry.in_memory ? entry.in_memory : load(path_of(entry.number)))
            return Waiting{.number = entry.number, .record = std::move(*record)};
        queue_.pop_front(); // set aside and told
    }
    return std::nullopt;
}

void HourlyStore::delivered(std::uint64_t number) {
    if (queue_.empty() || queue_.front().number != number)
        return;
    if (!queue_.front().in_memory) {
        const fs::path path = path_of(number);
        std::error_code error;
        if (const auto record = load(path))
            fs::rename(path, path_of_meter(record->meter.meter_id), error);
        if (error)
            spdlog::error(
                "{} was delivered, but cannot be moved ({}); a restart will send it again",
                path.string(), error.message());
    }
    queue_.pop_front();
}

} // namespace hanport
