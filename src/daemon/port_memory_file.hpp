// What is remembered of the ports from run to run: STATE/ports.json. It is written only when
// something has changed, a handful of times in a meter's life.
#pragma once

#include "daemon/port.hpp"

#include <expected>

namespace hanport {

/// The ports in the text of such a file, by configured device; the error says why it cannot be
/// understood.
[[nodiscard]] std::expected<std::map<std::string, PortMemory>, std::string>
port_memories_of(std::string_view text);

class PortMemoryFile {
  public:
    /// A damaged file is set aside and told; nothing is remembered then.
    explicit PortMemoryFile(const std::filesystem::path& state_directory);

    /// Of the port whose configured device is `device`; all defaults if it is new.
    [[nodiscard]] PortMemory get(const std::string& device) const;

    /// Remembers; a disk that refuses is logged.
    void set(const std::string& device, const PortMemory& memory);

    /// Writes what the disk has refused so far.
    void keep();

  private:
    std::filesystem::path path_;
    std::map<std::string, PortMemory> ports_;
    bool refused_ = false; // by the disk: what is remembered is not in the file
};

} // namespace hanport
