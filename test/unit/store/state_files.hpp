// The state files: how each is written, loaded and understood.
#pragma once

#include <ostream>
#include <span>
#include <string>

namespace support {

struct StateFile {
    const char* name;
    const char* path;                        ///< in the state directory
    void (*write)(const std::string& state); ///< makes a good one
    void (*load)(const std::string& state);  ///< as the daemon does, and uses what it loads
    /// The text, parsed and written again; empty if it is refused.
    std::string (*text_again)(const std::string& text);

    friend std::ostream& operator<<(std::ostream& out, const StateFile& file) {
        return out << file.name;
    }
};

/// One of every kind.
[[nodiscard]] std::span<const StateFile> state_files();

} // namespace support
