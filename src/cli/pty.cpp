// A pseudo terminal; see pty.hpp.
#include "cli/pty.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <thread>
#include <utility>

namespace hanport::cli {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto timeout = 1s;
constexpr auto glance = 10ms;

// Readers discard octets that arrive before they have set up the line; this is the time allowed for
// that.
constexpr auto settling = 100ms;

std::runtime_error failure(const std::string& what) {
    return std::runtime_error(what + ": " + std::strerror(errno));
}

} // namespace

Pty::Pty(std::string link, Stop& stop)
    : link_(std::move(link)), stop_(stop), ours_(::posix_openpt(O_RDWR | O_NOCTTY)) {
    if (ours_ < 0 || ::grantpt(ours_) != 0 || ::unlockpt(ours_) != 0)
        throw failure("no pseudo terminal can be had");
    path_ = ::ptsname(ours_);
    ::fcntl(ours_, F_SETFD, FD_CLOEXEC);
    ::fcntl(ours_, F_SETFL, O_NONBLOCK);
    theirs_ = ::open(path_.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (theirs_ < 0)
        throw failure(path_);
    make_raw();
    watch();
    if (!link_.empty())
        make_link();
}

Pty::~Pty() {
    stop_.serve_meanwhile(-1, {});
    std::error_code ignored;
    if (!link_.empty() && std::filesystem::read_symlink(link_, ignored) == path_)
        std::filesystem::remove(link_, ignored);
    for (const int descriptor : {watch_, theirs_, ours_})
        ::close(descriptor);
}

void Pty::make_raw() const {
    termios settings{};
    if (::tcgetattr(theirs_, &settings) != 0)
        throw failure(path_);
    ::cfmakeraw(&settings);
    ::cfsetspeed(&settings, B2400);
    if (::tcsetattr(theirs_, TCSANOW, &settings) != 0)
        throw failure(path_);
}

void Pty::make_link() const {
    std::error_code error;
    if (std::filesystem::is_symlink(std::filesystem::symlink_status(link_, error)))
        std::filesystem::remove(link_, error);
    std::filesystem::create_symlink(path_, link_, error);
    if (error)
        throw std::runtime_error(link_ + " cannot be made: " + error.message());
}

// A pseudo terminal does not report its readers, but the file system reports open and close.
void Pty::watch() {
    watch_ = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watch_ < 0 || ::inotify_add_watch(watch_, path_.c_str(), IN_OPEN | IN_CLOSE) < 0)
        throw failure("cannot detect what opens " + path_);
    stop_.serve_meanwhile(watch_, [this] { see_readers(); });
}

void Pty::see_readers() {
    alignas(inotify_event) std::array<char, 4096> events{};
    for (ssize_t size = 0; (size = ::read(watch_, events.data(), events.size())) > 0;)
        for (ssize_t at = 0; at < size;) {
            inotify_event event{};
            std::memcpy(&event, events.data() + at, sizeof event);
            at += static_cast<ssize_t>(sizeof event + event.len);
            readers_ += (event.mask & IN_OPEN) != 0 ? 1 : (event.mask & IN_CLOSE) != 0 ? -1 : 0;
            if (readers_ == 0) {
                // Discards what the last reader left unread, and its exclusive lock.
                ::tcflush(theirs_, TCIFLUSH);
                ::ioctl(theirs_, TIOCNXCL);
            }
        }
}

bool Pty::wait_for_reader() {
    while (!has_reader())
        if (!stop_.wait_until(steady_clock::now() + glance))
            return false;
    return stop_.wait_until(steady_clock::now() + settling);
}

bool Pty::write(han::Bytes octets) {
    const auto deadline = steady_clock::now() + timeout;
    while (!octets.empty() && has_reader()) {
        const ssize_t written = ::write(ours_, octets.data(), octets.size());
        if (written > 0) {
            octets = octets.subspan(static_cast<std::size_t>(written));
        } else if (written == 0 || errno == EAGAIN) {
            if (steady_clock::now() > deadline)
                break;
            // No longer, because a reader that has left makes no room.
            pollfd room{ours_, POLLOUT, 0};
            ::poll(&room, 1, glance.count());
        } else if (errno != EINTR) {
            throw failure(path_);
        }
    }
    return octets.empty();
}

std::vector<std::uint8_t> Pty::read() {
    see_readers();
    std::vector<std::uint8_t> all;
    std::array<std::uint8_t, 1024> piece{};
    for (ssize_t size = 0; (size = ::read(ours_, piece.data(), piece.size())) > 0;)
        all.insert(all.end(), piece.begin(), piece.begin() + size);
    return all;
}

unsigned Pty::baud() const {
    constexpr auto speeds = std::to_array<std::pair<speed_t, unsigned>>({{B300, 300},
                                                                         {B600, 600},
                                                                         {B1200, 1200},
                                                                         {B2400, 2400},
                                                                         {B4800, 4800},
                                                                         {B9600, 9600},
                                                                         {B19200, 19200}});
    termios settings{};
    if (::tcgetattr(theirs_, &settings) != 0)
        return 0;
    for (const auto& [speed, number] : speeds)
        if (speed == ::cfgetospeed(&settings))
            return number;
    return 0;
}

// Not FIONREAD: it does not count octets that the kernel has yet to transfer; poll transfers them.
bool Pty::has_unread() const noexcept {
    pollfd readable{theirs_, POLLIN, 0};
    return ::poll(&readable, 1, 0) > 0;
}

// Checked more than once: the kernel holds back octets that do not fit, and may not yet have
// noticed the room that a reader has just made.
void Pty::drain() {
    constexpr int enough = 5;
    const auto deadline = steady_clock::now() + timeout;
    for (int empty = 0; has_reader() && empty < enough && steady_clock::now() < deadline;) {
        empty = has_unread() ? 0 : empty + 1;
        std::this_thread::sleep_for(glance);
    }
}

} // namespace hanport::cli
