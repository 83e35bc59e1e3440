// Atomic writing; see durable_file.hpp.
#include "daemon/durable_file.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

namespace hanport {
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
    {
        const Descriptor file(aside, O_WRONLY | O_CREAT | O_TRUNC);
        file.write(content);
        file.sync();
    }
    fs::rename(aside, path);
    const fs::path folder = path.parent_path();
    Descriptor(folder, O_RDONLY | O_DIRECTORY).sync();
}

std::optional<std::string> read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file.is_open()) {
        if (errno == ENOENT)
            return std::nullopt;
        fail("cannot open", path);
    }
    std::string content{std::istreambuf_iterator<char>(file), {}};
    if (file.bad())
        fail("cannot read", path);
    return content;
}

void set_aside(const fs::path& path, std::string_view why) {
    fs::path aside = path;
    aside += ".damaged";
    std::error_code error;
    fs::rename(path, aside, error);
    spdlog::error("{} cannot be used ({}); it is set aside as {}", path.string(), why,
                  aside.filename().string());
}

} // namespace hanport
