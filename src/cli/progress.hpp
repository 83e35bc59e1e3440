// A progress line on a terminal's standard error, for inputs that take long.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace cli {

class Progress {
  public:
    /// Shows nothing where standard error is no terminal, or standard output is one.
    Progress();

    /// Call as often as you like; it writes a few times a second, and not in the first second.
    /// `size` is 0 where it is not known.
    void show(const std::string& name, std::uint64_t position, std::uint64_t size,
              std::uint64_t lists);

    /// Removes the line, before something else is written.
    void clear();

  private:
    bool enabled_;
    bool shown_ = false;
    std::chrono::steady_clock::time_point next_;
};

} // namespace cli
