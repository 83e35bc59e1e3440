// Unbuffered writing to standard output.
#include "cli/standard_output.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace hanport::cli {

StandardOutput::StandardOutput() : is_terminal_(::isatty(STDOUT_FILENO) != 0) {}

void StandardOutput::write(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
        if (written >= 0)
            text.remove_prefix(static_cast<std::size_t>(written));
        else if (errno != EINTR)
            throw Failure(std::string("cannot be written: ") + std::strerror(errno));
    }
}

} // namespace hanport::cli
