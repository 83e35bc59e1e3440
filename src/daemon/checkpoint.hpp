// The live counters as published last, in memory that outlives this process: a file of some hundred
// octets on a tmpfs (systemd's runtime directory, else /dev/shm), overwritten with every list. It
// wears no disk out, and after a crash the counters go on where they were. After a power cut it is
// gone, and they wait for the next register.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "home/live_counter.hpp"

namespace hanport {

class Checkpoint {
  public:
    /// Of a meter, in the daemon with this state directory.
    Checkpoint(const std::filesystem::path& state_directory, const std::string& meter_id);

    struct Counters {
        LiveCounter::State import{};
        LiveCounter::State exported{};
    };

    /// None where there is no such file of this user, or none that can be understood.
    [[nodiscard]] std::optional<Counters> read() const;

    /// Where the file cannot be written nothing happens: then it is as after a power cut.
    void write(const Counters& counters);

    void remove();

    /// The file's content, and the way back: none for another version's, or one that is damaged.
    [[nodiscard]] static std::string octets_of(const Counters& counters);
    [[nodiscard]] static std::optional<Counters> counters_of(std::string_view octets);

  private:
    std::filesystem::path path_;
};

} // namespace hanport
