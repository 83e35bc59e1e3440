// The wall clock of a daemon, controlled by the test. Its steady clock and the clocks of other
// processes are not changed.
#pragma once

#include "support/process.hpp"

namespace support {

class WallClock {
  public:
    /// Throws std::system_error.
    WallClock();
    ~WallClock();
    WallClock(const WallClock&) = delete;
    WallClock& operator=(const WallClock&) = delete;

    /// For the daemon: NAME=value.
    [[nodiscard]] std::vector<std::string> environment() const;

    /// Its current time.
    [[nodiscard]] std::chrono::system_clock::time_point now() const;
    void set(std::chrono::system_clock::time_point time);
    void set_by(std::chrono::seconds more) { *offset_ = *offset_ + more.count(); }

  private:
    Folder folder_;
    volatile long* offset_ = nullptr; // seconds, in a file that the daemon also maps
};

} // namespace support
