// The last published live counters, in memory that outlives this process: a file of a few hundred
// octets on a tmpfs (systemd's runtime directory, else /dev/shm), overwritten with every list. It
// does not wear out the disk. After a crash the counters continue from it. After a power cut it is
// gone, and the counters wait for the next register.
#pragma once

#include "meter/live_counter.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace hanport::store {

class Checkpoint {
  public:
    /// Of one meter, in the daemon with this state directory.
    Checkpoint(const std::filesystem::path& state_directory, const std::string& meter_id);

    using Counters = meter::LiveCounters;

    /// Empty if there is no such file of this user, or if it cannot be parsed.
    [[nodiscard]] std::optional<Counters> read() const;

    /// A failed write is ignored; the effect is that of a power cut.
    void write(const Counters& counters);

    void remove();

    /// Serialises and parses the file's content. Parsing returns nothing for another version or a
    /// damaged file.
    [[nodiscard]] static std::string octets_of(const Counters& counters);
    [[nodiscard]] static std::optional<Counters> counters_of(std::string_view octets);

  private:
    std::filesystem::path path_;
};

} // namespace hanport::store
