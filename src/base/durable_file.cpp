// Atomic writing; see durable_file.hpp.
#include "base/durable_file.hpp"

#include "base/read_file.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace hanport::base {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const char* what, const fs::path& path) {
    throw fs::filesystem_error(what, path, std::error_code(errno, std::generic_category()));
}

class Descriptor {
  public:
    Descriptor(const fs::path& path, int flags)
        : path_(path), number_(::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR)) {
        if (number_ < 0)
            fail("cannot open", path_);
    }
    ~Descriptor() { ::close(number_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    void write(std::string_view content) const {
        while (!content.empty()) {
            const ssize_t written = ::write(number_, content.data(), content.size());
            if (written >= 0)
                content.remove_prefix(static_cast<std::size_t>(written));
            else if (errno != EINTR)
                fail("cannot write", path_);
        }
    }
    void sync() const {
        if (::fsync(number_) != 0)
            fail("cannot sync", path_);
    }

  private:
    const fs::path& path_;
    int number_;
};

} // namespace

void write_durably(const fs::path& path, std::string_view content) {
    fs::path aside = path;
    aside += unfinished_suffix;
    const fs::path folder = path.parent_path();
    std::error_code ignored; // opening the file then fails and gives the reason
    if (!fs::exists(folder, ignored))
        fs::create_directories(folder, ignored);
    ::unlink(aside.c_str()); // a file left behind, or a link created by another user
    try {
        const Descriptor file(aside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
        file.write(content);
        file.sync();
    } catch (const fs::filesystem_error&) {
        fs::remove(aside, ignored); // on a full disk it takes room that others need
        throw;
    }
    fs::rename(aside, path);
    Descriptor(folder, O_RDONLY | O_DIRECTORY).sync();
}

std::optional<std::string> read_state_file(const fs::path& path) {
    auto content = read_file(path, largest_state_file, ReadFrom::regular_file);
    if (content)
        return std::move(*content);
    if (content.error() == std::errc::no_such_file_or_directory)
        return std::nullopt;
    throw fs::filesystem_error("cannot read", path, content.error());
}

bool is_lasting(const std::error_code& error) noexcept {
    return error == std::errc::file_too_large || error == std::errc::is_a_directory ||
           error == std::errc::invalid_argument;
}

void set_aside(const fs::path& path, std::string_view why) {
    fs::path aside = path;
    aside += ".damaged";
    std::error_code error;
    fs::rename(path, aside, error);
    if (error)
        spdlog::error("{} cannot be used ({}) and cannot be set aside: {}", path.string(), why,
                      error.message());
    else
        spdlog::error("{} cannot be used ({}); it is set aside as {}", path.string(), why,
                      aside.filename().string());
}

std::vector<fs::path> files_in(const fs::path& folder, std::error_code& error) {
    std::vector<fs::path> files;
    for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
         entry.increment(error))
        files.push_back(entry->path());
    if (error)
        spdlog::error("cannot read the folder {}: {}", folder.string(), error.message());
    std::ranges::sort(files);
    return files;
}

} // namespace hanport::base
