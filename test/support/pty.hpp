// A pseudo-terminal whose other end plays the meter.
#pragma once

#include "support/hex.hpp"

#include <filesystem>

namespace support {

class Pty {
  public:
    /// The slave is not held open here, so that it is whoever opens it who decides.
    Pty();
    ~Pty();
    Pty(const Pty&) = delete;
    Pty& operator=(const Pty&) = delete;

    /// Of the slave: "/dev/pts/7".
    [[nodiscard]] const std::string& path() const noexcept { return path_; }

    /// Sends what a meter sends. Throws where it does not fit into the terminal's buffer.
    void write(std::span<const std::uint8_t> octets) const;

    /// The meter's end is gone, as if the adapter had been unplugged. Its number is kept, or
    /// whoever waits for its return would take the next terminal that any test makes.
    void close();

    /// What the slave was set to last, seen in its termios.
    [[nodiscard]] bool is_even_parity() const;
    [[nodiscard]] unsigned baud() const;
    [[nodiscard]] unsigned stop_bits() const;
    [[nodiscard]] bool marks_errors() const; ///< raw, INPCK and PARMRK

  private:
    int master_ = -1;
    int reservation_ = -1;
    std::string path_;
};

/// Lets `link` point to the pty, as udev does.
void link_to(const Pty& pty, const std::filesystem::path& link);

} // namespace support
