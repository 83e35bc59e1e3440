// Uses test/torture/clock_shim.c; see wall_clock.hpp.
#include "support/wall_clock.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <system_error>

namespace support {

using std::chrono::seconds;
using std::chrono::system_clock;

WallClock::WallClock() {
    const std::string path = folder_.write("offset", std::string(sizeof *offset_, '\0'));
    const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    void* const map = ::mmap(nullptr, sizeof *offset_, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    const int error = errno;
    ::close(file);
    if (map == MAP_FAILED)
        throw std::system_error(error, std::generic_category(), path);
    offset_ = static_cast<volatile long*>(map);
}

WallClock::~WallClock() {
    ::munmap(const_cast<long*>(offset_), sizeof *offset_);
}

std::vector<std::string> WallClock::environment() const {
    // GCC's sanitizer requires to be the first library, but works without that.
    return {"LD_PRELOAD=" CLOCK_SHIM, "CLOCK_SHIM=" + folder_.path("offset"),
            "ASAN_OPTIONS=verify_asan_link_order=0"};
}

system_clock::time_point WallClock::now() const {
    return system_clock::now() + seconds(*offset_);
}

void WallClock::set(system_clock::time_point time) {
    set_by(std::chrono::ceil<seconds>(time - now()));
}

} // namespace support
