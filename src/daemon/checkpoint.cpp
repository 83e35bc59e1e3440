// One pwrite a list; see checkpoint.hpp.
#include "daemon/checkpoint.hpp"

#include "daemon/counter_json.hpp"
#include "mqtt/topics.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <functional>

namespace hanport {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// All is written at once and padded with blanks, so that nothing of a longer one stays behind.
constexpr std::size_t size = 1024;

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
    std::array<char, size> text{};
    const ssize_t got = file.get() < 0 ? -1 : ::read(file.get(), text.data(), text.size());
    if (got <= 0)
        return std::nullopt;
    try {
        const json object = json::parse(text.begin(), text.begin() + got);
        return Counters{.import = counter_of(object.at("import")),
                        .exported = counter_of(object.at("export"))};
    } catch (const json::exception& error) {
        spdlog::warn("{} cannot be used ({}); the live counters wait for the next register",
                     path_.string(), error.what());
        return std::nullopt;
    }
}

void Checkpoint::write(const Counters& counters) {
    if (!std::exchange(tried_, true))
        file_ = open_own(path_, O_WRONLY | O_CREAT);
    if (file_.get() < 0)
        return;
    std::string text =
        json{{"import", to_json(counters.import)}, {"export", to_json(counters.exported)}}.dump();
    text.resize(std::max(text.size(), size), ' ');
    if (::pwrite(file_.get(), text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
        remove(); // half of it would be worse than nothing
}

void Checkpoint::remove() {
    file_ = FileDescriptor(-1);
    std::error_code ignored; // there may be none
    fs::remove(path_, ignored);
}

} // namespace hanport
