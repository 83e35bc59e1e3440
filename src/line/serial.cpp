// Configures terminals for a meter; see serial.hpp.
#include "line/serial.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace hanport::line {

using config::Parity;

namespace {

constexpr auto speeds = std::to_array<std::pair<unsigned, speed_t>>({{300, B300},
                                                                     {600, B600},
                                                                     {1200, B1200},
                                                                     {2400, B2400},
                                                                     {4800, B4800},
                                                                     {9600, B9600},
                                                                     {19200, B19200},
                                                                     {38400, B38400},
                                                                     {57600, B57600},
                                                                     {115200, B115200}});

constexpr const char* in_use = "in use by another program";

std::string text_of(int error) {
    switch (error) {
    case EBUSY:
    case EWOULDBLOCK:
        return in_use;
    case EACCES:
        return "Permission denied; its group, mostly dialout, has to be one of hanport's";
    case ENOTTY:
        return "is no serial line";
    default:
        return std::error_code(error, std::generic_category()).message();
    }
}

// Pseudo-terminals have these major numbers (Documentation/admin-guide/devices.txt).
bool is_pseudo_terminal(int line) {
    constexpr unsigned first = 136;
    constexpr unsigned last = 143;
    struct stat status{};
    return ::fstat(line, &status) == 0 && major(status.st_rdev) >= first &&
           major(status.st_rdev) <= last;
}

// TIOCEXCL keeps other programs from opening the line until all have closed it. On a
// pseudo-terminal it would persist while only the other end is open, and keep hanport itself out;
// the lock is sufficient there.
bool take_alone(int line) {
    return ::flock(line, LOCK_EX | LOCK_NB) == 0 &&
           (is_pseudo_terminal(line) || ::ioctl(line, TIOCEXCL) == 0);
}

// PARODD has no effect without PARENB. It is set because pseudo-terminals ignore PARENB but keep
// PARODD: their other end can see the parity in use, and tests rely on that. If PARENB is the only
// change, a pseudo-terminal returns EINVAL.
void put_parity(int line, termios& settings, Parity parity) {
    settings.c_cflag &= ~static_cast<tcflag_t>(PARENB | PARODD);
    if (parity != Parity::even)
        settings.c_cflag |= PARODD;
    else if (!is_pseudo_terminal(line))
        settings.c_cflag |= PARENB;
}

// Speed and format; returns false for a speed that is not in the table. A pseudo-terminal always
// has 8 bits and would refuse others.
bool put_format(int line, termios& settings, const polled::LineFormat& format) {
    const auto* const speed =
        std::ranges::find(speeds, format.baud, &std::pair<unsigned, speed_t>::first);
    if (speed == speeds.end()) {
        errno = EINVAL;
        return false;
    }
    ::cfsetspeed(&settings, speed->second);
    settings.c_cflag &= ~static_cast<tcflag_t>(CSIZE | CSTOPB);
    settings.c_cflag |= format.data_bits == 7 && !is_pseudo_terminal(line) ? CS7 : CS8;
    if (format.stop_bits == 2)
        settings.c_cflag |= CSTOPB;
    put_parity(line, settings, format.even_parity ? Parity::even : Parity::none);
    return true;
}

bool set_up(int line, const polled::LineFormat& format) {
    termios settings{};
    if (::tcgetattr(line, &settings) != 0)
        return false;
    ::cfmakeraw(&settings);
    // INPCK detects errors, also framing errors without parity; PARMRK marks them, and breaks too.
    settings.c_iflag = INPCK | PARMRK;
    settings.c_oflag = 0;
    settings.c_cflag = CREAD | CLOCAL;
    settings.c_cc[VMIN] = 1;
    settings.c_cc[VTIME] = 0;
    // Discards octets received in another format, but none received in this one.
    (void)::tcflush(line, TCIFLUSH);
    if (!put_format(line, settings, format) || ::tcsetattr(line, TCSANOW, &settings) != 0)
        return false;
    // Some adapters are powered by these lines; pseudo-terminals do not have them.
    int lines = TIOCM_DTR | TIOCM_RTS;
    (void)::ioctl(line, TIOCMBIS, &lines);
    return true;
}

} // namespace

std::expected<base::FileDescriptor, std::string> open_serial_line(const std::filesystem::path& path,
                                                                  unsigned baud, Parity parity) {
    return open_serial_line(path, {.baud = baud, .even_parity = parity == Parity::even});
}

std::expected<base::FileDescriptor, std::string>
open_serial_line(const std::filesystem::path& path, const polled::LineFormat& format) {
    base::FileDescriptor line(::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
    if (line.get() >= 0 && ::isatty(line.get()) == 1 && take_alone(line.get()) &&
        set_up(line.get(), format))
        return line;
    return std::unexpected(text_of(errno));
}

bool set_parity(int line, Parity parity) noexcept {
    termios settings{};
    if (::tcgetattr(line, &settings) != 0)
        return false;
    put_parity(line, settings, parity);
    return ::tcsetattr(line, TCSANOW, &settings) == 0;
}

bool set_line_format(int line, const polled::LineFormat& format) noexcept {
    termios settings{};
    return ::tcgetattr(line, &settings) == 0 && put_format(line, settings, format) &&
           ::tcsetattr(line, TCSANOW, &settings) == 0;
}

std::string format_text(const polled::LineFormat& format) {
    return std::to_string(format.data_bits) + (format.even_parity ? "E" : "N") +
           std::to_string(format.stop_bits);
}

// An unplugged adapter reports the end of the stream or one of these errors.
std::string serial_failure(const boost::system::error_code& error) {
    const auto& category = boost::system::system_category();
    const bool gone = error.category() != category || error.value() == EIO ||
                      error.value() == ENODEV || error.value() == ENXIO;
    return gone ? "the device is gone" : error.message();
}

std::string_view frame_format(Parity parity) noexcept {
    switch (parity) {
    case Parity::none:
        return "8N1";
    case Parity::even:
        return "8E1";
    case Parity::automatic:
        break;
    }
    return {};
}

} // namespace hanport::line
