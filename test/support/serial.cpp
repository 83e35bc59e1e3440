// Both ends of serial lines; see serial.hpp.
#include "support/serial.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace support {
namespace {

std::system_error last_error(const std::string& what) {
    return {errno, std::generic_category(), what};
}

void make_raw(int line) {
    termios settings{};
    ::tcgetattr(line, &settings);
    ::cfmakeraw(&settings);
    ::tcsetattr(line, TCSANOW, &settings);
}

} // namespace

OpenPort::OpenPort(const std::string& path)
    : descriptor_(::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)) {
    if (descriptor_ < 0)
        throw last_error(path);
    make_raw(descriptor_);
}

OpenPort::~OpenPort() {
    ::close(descriptor_);
}

const Octets& OpenPort::read(std::size_t count, std::chrono::milliseconds timeout) {
    using std::chrono::steady_clock;
    const auto deadline = steady_clock::now() + timeout;
    while (octets_.size() < count && !ended_) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - steady_clock::now());
        pollfd wanted{descriptor_, POLLIN, 0};
        if (left.count() <= 0 || ::poll(&wanted, 1, static_cast<int>(left.count())) == 0)
            break;
        std::array<std::uint8_t, 4096> piece{};
        const ssize_t got = ::read(descriptor_, piece.data(), piece.size());
        if (got > 0)
            octets_.insert(octets_.end(), piece.begin(), piece.begin() + got);
        else
            ended_ = got == 0 || (errno != EAGAIN && errno != EINTR);
    }
    return octets_;
}

Adapter::Adapter() {
    std::array<char, 256> name{};
    if (::openpty(&ours_, &theirs_, name.data(), nullptr, nullptr) != 0)
        throw last_error("openpty");
    path_ = name.data();
    ::fcntl(ours_, F_SETFD, FD_CLOEXEC);
    ::fcntl(theirs_, F_SETFD, FD_CLOEXEC);
    make_raw(theirs_);
}

Adapter::~Adapter() {
    close();
}

void Adapter::write(std::span<const std::uint8_t> octets) const {
    while (!octets.empty()) {
        const ssize_t written = ::write(ours_, octets.data(), octets.size());
        if (written < 0 && errno != EINTR)
            throw last_error("write");
        octets = octets.subspan(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
}

void Adapter::close() {
    for (int* const end : {&ours_, &theirs_}) {
        if (*end >= 0)
            ::close(*end);
        *end = -1;
    }
}

} // namespace support
