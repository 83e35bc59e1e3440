// A pseudo-terminal with the test as the meter.
#pragma once

#include "support/hex.hpp"

#include <filesystem>

namespace support {

class Pty {
  public:
    /// The slave is not held open here, so that only the program under test opens it.
    Pty();
    ~Pty();
    Pty(const Pty&) = delete;
    Pty& operator=(const Pty&) = delete;

    /// Path of the slave: "/dev/pts/7".
    [[nodiscard]] const std::string& path() const noexcept { return path_; }

    /// Sends octets like a meter. Throws if they do not fit into the terminal's buffer.
    void write(std::span<const std::uint8_t> octets) const;

    /// Closes the meter's end, as if the adapter was unplugged. Its number stays reserved;
    /// otherwise a program that waits for its return would open the next terminal of any test.
    void close();

    /// The last settings of the slave, from its termios.
    [[nodiscard]] bool is_even_parity() const;
    [[nodiscard]] unsigned baud() const;
    [[nodiscard]] unsigned stop_bits() const;
    [[nodiscard]] bool marks_errors() const; ///< raw, INPCK and PARMRK

  private:
    int master_ = -1;
    int reservation_ = -1;
    std::string path_;
};

/// Makes `link` point to the pty, like udev.
void link_to(const Pty& pty, const std::filesystem::path& link);

} // namespace support
