// What is remembered of the ports from run to run: STATE/ports.json. It is written only when
// something has changed, a handful of times in a meter's life.
#pragma once

#include "daemon/port.hpp"

namespace hanport {

class PortMemoryFile {
  public:
    /// A damaged file is set aside and told; nothing is remembered then.
    explicit PortMemoryFile(const std::filesystem::path& state_directory);

    /// Of the port whose configured device is `device`; all defaults if it is new.
    [[nodiscard]] PortMemory get(const std::string& device) const;

    /// Remembers; a disk that refuses is logged.
    void set(const std::string& device, const PortMemory& memory);

  private:
    std::filesystem::path path_;
    std::map<std::string, PortMemory> ports_;
};

} // namespace hanport
