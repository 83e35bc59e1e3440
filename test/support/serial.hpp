// Both ends of serial lines in tests: a program that reads a port, and an adapter that acts as a
// port.
#pragma once

#include "support/hex.hpp"

#include <chrono>

namespace support {

/// A port, opened like programs open theirs: raw, non-blocking.
class OpenPort {
  public:
    /// Throws std::system_error.
    explicit OpenPort(const std::string& path);
    ~OpenPort();
    OpenPort(const OpenPort&) = delete;
    OpenPort& operator=(const OpenPort&) = delete;

    /// Waits until `count` octets have arrived in total, until a time is over, or until the other
    /// side is gone; returns all octets so far.
    const Octets& read(std::size_t count,
                       std::chrono::milliseconds timeout = std::chrono::seconds(20));
    /// True if the other side is gone.
    [[nodiscard]] bool has_ended() const noexcept { return ended_; }

  private:
    int descriptor_;
    bool ended_ = false;
    Octets octets_;
};

/// A pseudo terminal whose other end is a port for programs.
class Adapter {
  public:
    Adapter();
    ~Adapter();
    Adapter(const Adapter&) = delete;
    Adapter& operator=(const Adapter&) = delete;

    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    void write(std::span<const std::uint8_t> octets) const;
    /// Unplugs it.
    void close();

  private:
    int ours_ = -1;
    int theirs_ = -1;
    std::string path_;
};

} // namespace support
