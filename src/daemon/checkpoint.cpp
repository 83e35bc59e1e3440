// One pwrite a list; see checkpoint.hpp.
#include "daemon/checkpoint.hpp"

#include "mqtt/topics.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hanport {
namespace {

namespace fs = std::filesystem;
// As they lie in memory: nobody else reads them, and it happens with every list. The version is there
// because another one's may look otherwise.
struct Record {
    std::array<char, 16> version{};
    Checkpoint::Counters counters{};
};
static_assert(std::is_trivially_copyable_v<Record>);

constexpr std::array<char, 16> this_version = [] {
    constexpr std::string_view text = HANPORT_VERSION;
    std::array<char, 16> version{};
    std::ranges::copy(text.substr(0, version.size()), version.begin());
    return version;
}();

fs::path folder() {
    const char* const runtime = std::getenv("RUNTIME_DIRECTORY");
    return runtime != nullptr && *runtime != '\0' ? runtime : "/dev/shm";
}

// Nobody else's file, and no link: /dev/shm is everybody's.
FileDescriptor open_own(const fs::path& path, int flags) {
    FileDescriptor file(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
    struct stat status{};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) ||
        status.st_uid != ::geteuid())
        return FileDescriptor(-1);
    return file;
}

} // namespace

Checkpoint::Checkpoint(const fs::path& state_directory, const std::string& meter_id) {
    std::error_code ignored;
    const std::string place = fs::weakly_canonical(state_directory, ignored).string();
    path_ = folder() / ("hanport-" + topic_level(meter_id) + '-' +
                        std::to_string(std::hash<std::string>{}(place)));
}

std::optional<Checkpoint::Counters> Checkpoint::read() const {
    const FileDescriptor file = open_own(path_, O_RDONLY);
    if (file.get() < 0)
        return std::nullopt;
    Record record;
    if (::read(file.get(), &record, sizeof record) != static_cast<ssize_t>(sizeof record) ||
        record.version != this_version) {
        spdlog::warn("{} cannot be used; the live counters wait for the next register",
                     path_.string());
        return std::nullopt;
    }
    return record.counters;
}

void Checkpoint::write(const Counters& counters) {
    if (!std::exchange(tried_, true))
        file_ = open_own(path_, O_WRONLY | O_CREAT);
    if (file_.get() < 0)
        return;
    const Record record{.version = this_version, .counters = counters};
    if (::pwrite(file_.get(), &record, sizeof record, 0) != static_cast<ssize_t>(sizeof record))
        remove(); // half of it would be worse than nothing
}

void Checkpoint::remove() {
    file_ = FileDescriptor(-1);
    std::error_code ignored; // there may be none
    fs::remove(path_, ignored);
}

} // namespace hanport
