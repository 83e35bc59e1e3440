// The progress line; see progress.hpp.
#include "cli/progress.hpp"

#include <unistd.h>

#include <iostream>

namespace hanport::cli {
namespace {

using std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::uint64_t megabyte = 1'000'000;

} // namespace

Progress::Progress()
    : enabled_(::isatty(STDERR_FILENO) != 0 && ::isatty(STDOUT_FILENO) == 0),
      next_(steady_clock::now() + 1s) {}

void Progress::show(const std::string& name, std::uint64_t position, std::uint64_t size,
                    std::uint64_t lists) {
    if (!enabled_ || steady_clock::now() < next_)
        return;
    clear();
    next_ = steady_clock::now() + 200ms;
    std::cerr << name << ": ";
    if (size > 0)
        std::cerr << position * 100 / size << " %, ";
    std::cerr << position / megabyte << " MB, " << lists << " lists" << std::flush;
    shown_ = true;
}

void Progress::clear() {
    if (shown_)
        std::cerr << "\r\033[K" << std::flush;
    shown_ = false;
}

} // namespace hanport::cli
