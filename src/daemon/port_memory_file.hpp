// What is remembered of the ports from run to run: STATE/ports.json. It is written only when
// something has changed, a handful of times in a meter's life.
#pragma once

#include "daemon/port.hpp"

#include <expected>
#include <set>

namespace hanport {

/// What is remembered of a port.
struct StoredPort {
    PortMemory memory{};
    unsigned number = 0; ///< from 1, part of topics; 0: none, the port is not configured

    friend bool operator==(const StoredPort&, const StoredPort&) = default;
};

/// The ports in the text of such a file, by configured device; the error says why it cannot be
/// understood.
[[nodiscard]] std::expected<std::map<std::string, StoredPort>, std::string>
stored_ports_of(std::string_view text);

class PortMemoryFile {
  public:
    /// A damaged file is set aside and told; nothing is remembered then.
    explicit PortMemoryFile(const std::filesystem::path& state_directory);

    /// Of the port whose configured device is `device`; all defaults if it is new.
    [[nodiscard]] PortMemory get(const std::string& device) const;

    /// Remembers; a disk that refuses is logged.
    void set(const std::string& device, const PortMemory& memory);

    /// Gives each port its number: the one that its device has had, wherever its section stands now;
    /// to a new device that of its place in the file, if it is free. So a device that is only named
    /// differently keeps its number, and so does what was published under it.
    void number(std::vector<PortConfig>& ports);

    /// Numbers that no configured port has any longer, in ascending order.
    [[nodiscard]] std::vector<unsigned> left_numbers() const;
    /// They are free.
    void drop_left_numbers();

    /// Writes what the disk has refused so far.
    void keep();

  private:
    void change(std::map<std::string, StoredPort> ports);

    std::filesystem::path path_;
    std::map<std::string, StoredPort> ports_; // by device
    std::set<unsigned> numbers_;              // of the configured ports
    bool refused_ = false;                    // by the disk: what is remembered is not in the file
};

} // namespace hanport
