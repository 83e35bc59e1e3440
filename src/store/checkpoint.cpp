// One pwrite a list; see checkpoint.hpp.
#include "store/checkpoint.hpp"

#include "base/checksum.hpp"
#include "base/file_descriptor.hpp"
#include "base/safe_name.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string_view>
#include <type_traits>

namespace hanport::store {
namespace {

namespace fs = std::filesystem;

// Stored in memory layout: only this program reads it, and it is written with every list. The
// version detects another layout. Only integers, so that any octets may be read.
struct StoredCounter {
    std::int64_t known, value, published, offset, last, has_watts, watts, hour, at_hour, hour_known,
        hour_complete, at_register, since_complete;
};
struct Record {
    std::array<char, 16> version{};
    StoredCounter import{};
    StoredCounter exported{};
    std::uint64_t checksum = 0;
};
static_assert(std::has_unique_object_representations_v<Record>, "no gaps: all of it is summed up");

constexpr std::array<char, 16> this_version = [] {
    constexpr std::string_view text = HANPORT_VERSION;
    std::array<char, 16> version{};
    std::ranges::copy(text.substr(0, version.size()), version.begin());
    return version;
}();

StoredCounter stored(const meter::LiveCounter::State& state) {
    return {.known = state.known,
            .value = state.value,
            .published = state.published,
            .offset = state.offset,
            .last = state.last.time_since_epoch().count(),
            .has_watts = state.watts.has_value(),
            .watts = state.watts.value_or(0),
            .hour = state.hour.time_since_epoch().count(),
            .at_hour = state.at_hour,
            .hour_known = state.hour_known,
            .hour_complete = state.hour_complete,
            .at_register = state.at_register,
            .since_complete = state.since_complete};
}

meter::LiveCounter::State restored(const StoredCounter& stored) {
    meter::LiveCounter::State state;
    state.known = stored.known != 0;
    state.value = stored.value;
    state.published = stored.published;
    state.offset = stored.offset;
    state.last = base::WallTime(base::WallTime::duration(stored.last));
    if (stored.has_watts != 0)
        state.watts = stored.watts;
    state.hour = base::WallTime(base::WallTime::duration(stored.hour));
    state.at_hour = stored.at_hour;
    state.hour_known = stored.hour_known != 0;
    state.hour_complete = stored.hour_complete != 0;
    state.at_register = stored.at_register;
    state.since_complete = stored.since_complete != 0;
    return state;
}

fs::path folder() {
    const char* const runtime = std::getenv("RUNTIME_DIRECTORY");
    return runtime != nullptr && *runtime != '\0' ? runtime : "/dev/shm";
}

// Only a regular file of this user, no link: every user can write to /dev/shm.
base::FileDescriptor open_own(const fs::path& path, int flags) {
    base::FileDescriptor file(
        ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
    struct stat status{};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) ||
        status.st_uid != ::geteuid())
        return base::FileDescriptor(-1);
    return file;
}

} // namespace

Checkpoint::Checkpoint(const fs::path& state_directory, const std::string& meter_id) {
    std::error_code ignored;
    const std::string place = fs::weakly_canonical(state_directory, ignored).string();
    path_ = folder() / ("hanport-" + base::topic_level(meter_id) + '-' +
                        std::to_string(std::hash<std::string>{}(place)));
}

std::optional<Checkpoint::Counters> Checkpoint::read() const {
    const base::FileDescriptor file = open_own(path_, O_RDONLY);
    if (file.get() < 0)
        return std::nullopt;
    std::string octets(sizeof(Record) + 1, '\0');
    const ssize_t size = ::read(file.get(), octets.data(), octets.size());
    octets.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    auto counters = counters_of(octets);
    if (!counters)
        spdlog::warn("{} cannot be used; the live counters wait for the next register",
                     path_.string());
    return counters;
}

std::string Checkpoint::octets_of(const Counters& counters) {
    Record record{.version = this_version,
                  .import = stored(counters.import),
                  .exported = stored(counters.exported)};
    std::string octets(reinterpret_cast<const char*>(&record), offsetof(Record, checksum));
    record.checksum = base::checksum_of(octets);
    return octets.append(reinterpret_cast<const char*>(&record.checksum), sizeof record.checksum);
}

std::optional<Checkpoint::Counters> Checkpoint::counters_of(std::string_view octets) {
    Record record;
    if (octets.size() != sizeof record)
        return std::nullopt;
    std::memcpy(&record, octets.data(), sizeof record);
    if (record.version != this_version ||
        record.checksum != base::checksum_of(octets.substr(0, offsetof(Record, checksum))))
        return std::nullopt;
    return Counters{.import = restored(record.import), .exported = restored(record.exported)};
}

void Checkpoint::write(const Counters& counters) {
    // Opened for each write: a descriptor held per meter would mean one per number on the line.
    const base::FileDescriptor file = open_own(path_, O_WRONLY | O_CREAT);
    if (file.get() < 0)
        return;
    const std::string octets = octets_of(counters);
    if (::pwrite(file.get(), octets.data(), octets.size(), 0) !=
        static_cast<ssize_t>(octets.size()))
        remove(); // a partial file would be worse than none
}

void Checkpoint::remove() {
    std::error_code ignored; // the file may not exist
    fs::remove(path_, ignored);
}

} // namespace hanport::store
