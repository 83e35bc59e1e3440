// Reads small files; see small_file.hpp.
#include "base/small_file.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace hanport::base {

std::expected<std::string, std::string> read_small_file(const std::filesystem::path& path) {
    constexpr std::size_t most = 65536;
    const auto failed = [] {
        return std::unexpected(std::error_code(errno, std::generic_category()).message());
    };
    // O_NONBLOCK: do not block if the path is a FIFO.
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return failed();
    std::string content(most, '\0');
    const ssize_t size = ::read(file, content.data(), content.size());
    const int error = errno;
    ::close(file);
    errno = error;
    if (size < 0)
        return failed();
    content.resize(static_cast<std::size_t>(size));
    return content;
}

// A group may read the file if root owns it (root:hanport, 0640), because the daemon needs that.
void warn_if_exposed(const std::filesystem::path& path, std::string_view what) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0)
        return; // reading the file reports the error
    const bool is_own = status.st_uid == ::geteuid();
    const mode_t allowed = is_own ? S_IRWXU : S_IRWXU | S_IRGRP | S_IXGRP;
    if ((status.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO) & ~allowed) != 0)
        spdlog::warn("the {} {} is accessible to other users; chmod {} {}", what, path.string(),
                     is_own ? "600" : "640", path.string());
}

} // namespace hanport::base
