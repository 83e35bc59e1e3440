// Reads whole files; see read_file.hpp.
#include "base/read_file.hpp"

#include "base/file_descriptor.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace hanport::base {

std::expected<std::string, std::error_code> read_file(const std::filesystem::path& path,
                                                      std::size_t most, ReadFrom from) {
    const auto failed = [](int error) {
        return std::unexpected(std::error_code(error, std::generic_category()));
    };
    // O_NONBLOCK: do not block if the path is a FIFO.
    const int wait = from == ReadFrom::any_source ? 0 : O_NONBLOCK;
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | wait));
    struct stat status{};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0)
        return failed(errno);
    if (S_ISDIR(status.st_mode))
        return failed(EISDIR);
    if (from == ReadFrom::regular_file && !S_ISREG(status.st_mode))
        return failed(EINVAL);
    std::string content;
    std::array<char, 16384> buffer{};
    while (content.size() <= most) {
        const ssize_t size = ::read(file.get(), buffer.data(), buffer.size());
        if (size == 0)
            return content;
        if (size > 0)
            content.append(buffer.data(), static_cast<std::size_t>(size));
        else if (errno != EINTR)
            return failed(errno);
    }
    return failed(EFBIG);
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
