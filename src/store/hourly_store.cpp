// Hourly lists on disk; the layout is in hourly_store.hpp.
#include "store/hourly_store.hpp"

#include "base/durable_file.hpp"
#include "base/safe_name.hpp"
#include "store/counter_json.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

namespace hanport::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view suffix = ".json";
constexpr std::string_view rejected_suffix = ".rejected";
constexpr std::size_t most_rejected = 100;

enum class NoRecord : std::uint8_t {
    gone,      // there is no such file
    damaged,   // cannot be parsed; was set aside
    unreadable // at the moment
};

std::expected<HourlyRecord, NoRecord> load(const fs::path& path) {
    try {
        const auto text = base::read_state_file(path);
        if (!text)
            return std::unexpected(NoRecord::gone);
        auto record = hourly_record_of(*text);
        if (record)
            return std::move(*record);
        base::set_aside(path, record.error());
    } catch (const fs::filesystem_error& error) {
        if (!base::is_lasting(error.code())) {
            spdlog::debug("{}", error.what());
            return std::unexpected(NoRecord::unreadable);
        }
        base::set_aside(path, error.what());
    }
    return std::unexpected(NoRecord::damaged);
}

std::string name_of(std::uint64_t number, std::string_view ending = suffix) {
    std::string digits = std::to_string(number);
    constexpr std::size_t width = 16;
    digits.insert(0, width - std::min(width, digits.size()), '0');
    return digits.append(ending);
}

// Number in the name of a file of this store; 0 is not a valid number, and no store reaches 10^18.
std::optional<std::uint64_t> number_of(const fs::path& path, std::string_view ending = suffix) {
    constexpr std::uint64_t beyond = 1'000'000'000'000'000'000;
    const std::string stem = path.stem().string();
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), number);
    if (error != std::errc{} || number == 0 || number >= beyond ||
        path.filename() != name_of(number, ending))
        return std::nullopt;
    return number;
}

} // namespace

HourlyStore::HourlyStore(const fs::path& directory, std::size_t capacity)
    : outbox_(directory / "outbox"), meters_(directory / "meters"), capacity_(capacity) {
    std::error_code error;
    for (const fs::path& folder : {outbox_, meters_})
        if (fs::create_directories(folder, error); error)
            spdlog::error("cannot make the folder {} ({}); hourly lists are kept in memory only",
                          folder.string(), error.message());
    // A disk error is possible; another file or a wrong path in its place is a configuration error.
    if (!fs::is_directory(directory, error))
        throw fs::filesystem_error("the state directory cannot be used", directory,
                                   error ? error
                                         : std::make_error_code(std::errc::not_a_directory));
    for (const fs::path& file : base::files_in(outbox_, error))
        if (const auto number = number_of(file))
            queue_.push_back({.number = *number});
        else if (const auto rejected = number_of(file, rejected_suffix))
            next_number_ = std::max(next_number_, *rejected + 1); // its name is in use
        else if (file.extension() == base::unfinished_suffix) {
            std::error_code refused;
            if (!fs::remove(file, refused)) // power failed while it was written
                spdlog::warn("{} cannot be removed: {}", file.string(), refused.message());
        }
    std::ranges::sort(queue_, {}, &Entry::number);
    if (!queue_.empty())
        next_number_ = std::max(next_number_, queue_.back().number + 1);
    if (error) // more than the folder may contain
        next_number_ = std::max(
            next_number_, static_cast<std::uint64_t>(millis_of(std::chrono::system_clock::now())));
}

HourlyStore::~HourlyStore() {
    if (const std::size_t lost = keep(); lost > 0)
        spdlog::error("{} hourly {} lost: the disk refuses to the end", lost,
                      lost == 1 ? "list is" : "lists are");
}

fs::path HourlyStore::path_of(std::uint64_t number) const {
    return outbox_ / name_of(number);
}

fs::path HourlyStore::path_of_meter(const std::string& meter_id) const {
    return meters_ / (base::topic_level(meter_id) + std::string(suffix));
}

std::vector<HourlyRecord> HourlyStore::newest() {
    std::map<std::string, HourlyRecord> by_meter;
    std::error_code error;
    for (const fs::path& file : base::files_in(meters_, error)) {
        if (file.extension() != suffix)
            continue;
        auto record = load(file);
        if (!record) {
            if (record.error() == NoRecord::unreadable)
                spdlog::error("{} cannot be read", file.string());
        } else if (path_of_meter(record->meter.meter_id) != file)
            base::set_aside(file, "it is of meter " + record->meter.meter_id);
        else
            by_meter.insert_or_assign(record->meter.meter_id, std::move(*record));
    }
    for (auto entry = queue_.begin(); entry != queue_.end();) {
        auto record = read(entry);
        if (record)
            by_meter.insert_or_assign(record->meter.meter_id, std::move(*record));
    }
    std::vector<HourlyRecord> records;
    records.reserve(by_meter.size());
    for (auto& [id, record] : by_meter)
        records.push_back(std::move(record));
    return records;
}

void HourlyStore::put(const HourlyRecord& record) {
    (void)keep(); // the lists before this one
    queue_.push_back({.number = next_number_++, .in_memory = record, .topic = record.topic});
    std::string why;
    if (!write(queue_.back(), why))
        spdlog::error("the hourly list of meter {} is kept in memory only: {}",
                      record.meter.meter_id, why);
    drop_beyond_capacity();
}

bool HourlyStore::write(Entry& entry, std::string& why) const {
    try {
        base::write_durably(path_of(entry.number), to_text(*entry.in_memory));
        entry.in_memory.reset();
        return true;
    } catch (const fs::filesystem_error& error) {
        why = error.what();
        return false;
    }
}

std::size_t HourlyStore::keep() {
    std::size_t written = 0;
    std::size_t refused = 0;
    std::string why;
    for (Entry& entry : queue_)
        if (entry.in_memory)
            refused == 0 && write(entry, why) ? ++written : ++refused;
    if (written > 0)
        spdlog::info("{} hourly {} kept in memory only, and on disk now", written,
                     written == 1 ? "list was" : "lists were");
    return refused;
}

void HourlyStore::drop_beyond_capacity() {
    std::size_t dropped = 0;
    for (; queue_.size() > capacity_; ++dropped) {
        std::error_code ignored; // the list is dropped in both cases
        fs::remove(path_of(queue_.front().number), ignored);
        queue_.pop_front();
    }
    if (dropped > 0)
        spdlog::warn("more than {} hourly lists wait for the broker; the oldest {} dropped",
                     capacity_, dropped == 1 ? "one was" : "ones were");
}

// Afterwards `entry` is the next one.
std::optional<HourlyRecord> HourlyStore::read(std::deque<Entry>::iterator& entry) {
    if (entry->in_memory)
        return (entry++)->in_memory;
    const fs::path path = path_of(entry->number);
    auto record = load(path);
    if (record) {
        entry->topic = record->topic;
        (entry++)->unreadable = false;
        return std::move(*record);
    }
    if (record.error() == NoRecord::unreadable) {
        if (!std::exchange(entry->unreadable, true))
            spdlog::error("{} cannot be read for the moment; it is tried again", path.string());
        ++entry;
        return std::nullopt;
    }
    if (record.error() == NoRecord::gone)
        spdlog::error("{} is gone, and the hourly list in it is lost", path.string());
    entry = queue_.erase(entry);
    return std::nullopt;
}

std::optional<HourlyStore::Waiting> HourlyStore::front(const IsHeld& is_held) {
    for (auto entry = queue_.begin(); entry != queue_.end();) {
        if (is_held && !entry->topic.empty() && is_held(entry->topic)) {
            ++entry;
            continue;
        }
        const std::uint64_t number = entry->number;
        auto record = read(entry);
        if (!record || (is_held && is_held(record->topic)))
            continue;
        offered_ = number;
        offered_meter_ = record->meter.meter_id;
        return Waiting{.number = number, .record = std::move(*record)};
    }
    return std::nullopt;
}

void HourlyStore::delivered(std::uint64_t number) {
    const auto entry = std::ranges::find(queue_, number, &Entry::number);
    if (entry == queue_.end() || number != offered_)
        return;
    std::error_code error;
    const fs::path path = path_of(number);
    if (!entry->in_memory) {
        std::error_code ignored; // renaming reports the error
        fs::create_directories(meters_, ignored);
        fs::rename(path, path_of_meter(offered_meter_), error);
    }
    if (error)
        spdlog::error("{} was delivered, but cannot be moved ({}); a restart will send it again",
                      path.string(), error.message());
    queue_.erase(entry);
}

void HourlyStore::reject(std::uint64_t number) {
    const auto entry = std::ranges::find(queue_, number, &Entry::number);
    if (entry == queue_.end() || number != offered_)
        return;
    std::string why;
    if (entry->in_memory && !write(*entry, why))
        spdlog::error("the rejected hourly list of meter {} is lost: {}", offered_meter_, why);
    std::error_code error;
    const fs::path path = path_of(number);
    if (!entry->in_memory)
        fs::rename(path, outbox_ / name_of(number, rejected_suffix), error);
    if (error)
        spdlog::error("{} was rejected, but cannot be renamed ({}); a restart will send it again",
                      path.string(), error.message());
    queue_.erase(entry);
    drop_old_rejected();
}

// Their numbers follow their age, and files_in() sorts by name.
void HourlyStore::drop_old_rejected() const {
    std::error_code error;
    std::vector<fs::path> rejected = base::files_in(outbox_, error);
    std::erase_if(rejected, [](const fs::path& file) { return !number_of(file, rejected_suffix); });
    for (std::size_t i = 0; i + most_rejected < rejected.size(); ++i)
        if (!fs::remove(rejected[i], error))
            spdlog::warn("{} cannot be removed: {}", rejected[i].string(), error.message());
}

void HourlyStore::forget(const std::string& meter_id) {
    const fs::path path = path_of_meter(meter_id);
    std::error_code error;
    fs::remove(path, error);
    if (error)
        spdlog::error("{} cannot be removed: {}", path.string(), error.message());
}

} // namespace hanport::store
