// A progress line on a terminal's standard error, for large inputs.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace hanport::cli {

class Progress {
  public:
    /// Shows nothing if standard error is not a terminal, or if standard output is one.
    Progress();

    /// May be called often; the line is updated a few times a second, and not in the first second.
    /// `size` is 0 if it is not known.
    void show(const std::string& name, std::uint64_t position, std::uint64_t size,
              std::uint64_t lists);

    /// Removes the line; call this before other output.
    void clear();

  private:
    bool enabled_;
    bool shown_ = false;
    std::chrono::steady_clock::time_point next_;
};

} // namespace hanport::cli
