// The wall clock of a daemon, in the test's hand. The steady one, and everybody else's, go on as
// they are.
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

    /// What it shows now.
    [[nodiscard]] std::chrono::system_clock::time_point now() const;
    void set(std::chrono::system_clock::time_point time);
    void set_by(std::chrono::seconds more) { *offset_ = *offset_ + more.count(); }

  private:
    Folder folder_;
    volatile long* offset_ = nullptr; // seconds, in a file that the daemon maps as well
};

} // namespace support
