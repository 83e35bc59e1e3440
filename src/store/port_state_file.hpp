// State of the ports from run to run: STATE/ports.json. Written only when something has changed, a
// handful of times in a meter's life.
#pragma once

#include "port/port_state.hpp"

#include <expected>
#include <set>

namespace hanport::store {

/// Stored state of a port.
struct StoredPort {
    port::PortState memory{};
    unsigned number = 0; ///< from 1, part of topics; 0: none, the port is not configured

    friend bool operator==(const StoredPort&, const StoredPort&) = default;
};

/// Parses the text of such a file to ports by configured device; the error says why it cannot be
/// parsed.
[[nodiscard]] std::expected<std::map<std::string, StoredPort>, std::string>
stored_ports_of(std::string_view text);

class PortStateFile {
  public:
    /// A damaged file is renamed and logged; nothing is remembered then.
    explicit PortStateFile(const std::filesystem::path& state_directory);

    /// State of the port with the configured device `device`; defaults if it is new.
    [[nodiscard]] port::PortState get(const std::string& device) const;

    /// Stores the state; disk errors are logged.
    void set(const std::string& device, const port::PortState& memory);

    /// Gives each port its number. A known device keeps its number, wherever its section is in the
    /// file. A new device gets the number of its position in the file, if that is free. So the
    /// topics of a port stay the same when other sections change or a device is named differently.
    void number(std::vector<config::PortConfig>& ports);

    /// Numbers without a configured port, in ascending order.
    [[nodiscard]] std::vector<unsigned> left_numbers() const;
    /// Releases these numbers.
    void drop_left_numbers();

    /// Writes the state that could not be written earlier.
    void keep();

  private:
    void change(std::map<std::string, StoredPort> ports);

    std::filesystem::path path_;
    std::map<std::string, StoredPort> ports_; // by device
    std::set<unsigned> numbers_;              // of the configured ports
    bool refused_ = false;                    // the last write failed: the state is not in the file
};

} // namespace hanport::store
