// Standard output, flushed line by line: the reader of a pipe gets each list as soon as it is
// decoded.
#pragma once

#include <stdexcept>
#include <string_view>

namespace hanport::cli {

class StandardOutput {
  public:
    /// Why nothing more can be written, for example a full disk.
    class Failure : public std::runtime_error {
        using std::runtime_error::runtime_error;
    };

    StandardOutput();

    /// Writes all of `text` at once. Throws Failure.
    void write(std::string_view text);

    [[nodiscard]] bool is_terminal() const noexcept { return is_terminal_; }

  private:
    bool is_terminal_;
};

} // namespace hanport::cli
