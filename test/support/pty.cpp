// Pseudo-terminals; see pty.hpp.
#include "support/pty.hpp"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace support {
namespace {

std::system_error last_error(const char* what) {
    return {errno, std::generic_category(), what};
}

termios settings_of(int terminal) {
    termios settings{};
    if (::tcgetattr(terminal, &settings) != 0)
        throw last_error("tcgetattr");
    return settings;
}

} // namespace

Pty::Pty() : master_(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)) {
    std::array<char, 128> name{};
    if (master_ < 0 || ::grantpt(master_) != 0 || ::unlockpt(master_) != 0 ||
        ::ptsname_r(master_, name.data(), name.size()) != 0)
        throw last_error("pseudo-terminal");
    path_ = name.data();
}

Pty::~Pty() {
    close();
    if (reservation_ >= 0)
        ::close(reservation_);
}

void Pty::write(std::span<const std::uint8_t> octets) const {
    if (::write(master_, octets.data(), octets.size()) != static_cast<ssize_t>(octets.size()))
        throw last_error("write to the pseudo-terminal");
}

void Pty::close() {
    if (master_ < 0)
        return;
    reservation_ = ::open(path_.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    ::close(master_);
    master_ = -1;
}

// A pseudo-terminal has no PARENB; for no parity hanport sets PARODD, which it keeps.
bool Pty::is_even_parity() const {
    return (settings_of(master_).c_cflag & PARODD) == 0;
}

unsigned Pty::baud() const {
    const termios settings = settings_of(master_);
    const speed_t speed = ::cfgetispeed(&settings);
    return speed == B2400 ? 2400 : speed == B1200 ? 1200 : 0;
}

unsigned Pty::stop_bits() const {
    return (settings_of(master_).c_cflag & CSTOPB) != 0 ? 2 : 1;
}

bool Pty::marks_errors() const {
    const termios settings = settings_of(master_);
    return settings.c_iflag == (INPCK | PARMRK) && settings.c_oflag == 0 &&
           (settings.c_lflag & (ICANON | ECHO | ISIG)) == 0;
}

void link_to(const Pty& pty, const std::filesystem::path& link) {
    std::filesystem::remove(link);
    std::filesystem::create_directories(link.parent_path());
    std::filesystem::create_symlink(pty.path(), link);
}

} // namespace support
