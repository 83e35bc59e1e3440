// fcntl locks: the kernel knows which process holds one; see state_lock.hpp.
#include "store/state_lock.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

namespace hanport::store {
namespace {

namespace fs = std::filesystem;

// The process that holds the lock, in words; the kernel gives no number for one in another PID
// namespace.
std::string holder_of(int file) {
    struct flock held{};
    held.l_type = F_WRLCK;
    held.l_whence = SEEK_SET;
    if (::fcntl(file, F_GETLK, &held) == 0 && held.l_type != F_UNLCK && held.l_pid > 0)
        return "process " + std::to_string(held.l_pid);
    return "another process";
}

// That user cannot read files that root writes into the user's directory, and the user's links
// could redirect root's writes.
void refuse_to_be_root_in(const fs::path& state_directory) {
    struct stat owner{};
    if (::geteuid() != 0 || ::stat(state_directory.c_str(), &owner) != 0 || owner.st_uid == 0)
        return;
    const std::string user = std::to_string(owner.st_uid);
    throw std::runtime_error("the state directory " + state_directory.string() +
                             " belongs to the user " + user +
                             ", and root must not write there; start the service (systemctl start "
                             "hanport), run hanport as that user (sudo -u '#" +
                             user + "'), or set another service.state_directory");
}

} // namespace

StateLock::StateLock(const fs::path& state_directory) {
    std::error_code ignored; // opening the file reports the error
    fs::create_directories(state_directory, ignored);
    refuse_to_be_root_in(state_directory);
    const fs::path path = state_directory / "lock";
    file_ = base::FileDescriptor(
        ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
    struct flock wanted{};
    wanted.l_type = F_WRLCK;
    wanted.l_whence = SEEK_SET;
    if (file_.get() >= 0 && ::fcntl(file_.get(), F_SETLK, &wanted) == 0)
        return;
    const int error = errno;
    if (file_.get() >= 0 && (error == EACCES || error == EAGAIN))
        throw std::runtime_error(
            "the state directory " + state_directory.string() + " is in use by " +
            holder_of(file_.get()) +
            ", another hanport run; stop that one first (systemctl stop hanport), or set another "
            "service.state_directory");
    spdlog::warn("{} cannot be locked ({}); start no second hanport run on this state directory",
                 path.string(), std::generic_category().message(error));
}

} // namespace hanport::store
