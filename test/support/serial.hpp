// Both ends of serial lines in tests: a program that reads a port, and an adapter that is a port.
#pragma once

#include "support/hex.hpp"

#include <chrono>

namespace support {

/// A port, opened as programs open theirs: raw, without waiting.
class OpenPort {
  public:
    /// Throws std::system_error.
    explicit OpenPort(const std::string& path);
    ~OpenPort();
    OpenPort(const OpenPort&) = delete;
    OpenPort& operator=(const OpenPort&) = delete;

    /// Waits until `count` octets have come in all, or a time has gone by, or the other side is
    /// gone; all octets so far.
    const Octets& read(std::size_t count,
                       std::chrono::milliseconds patience = std::chrono::seconds(20));
    /// True where the other side is gone.
    [[nodiscard]] bool has_ended() const noexcept { return ended_; }

  private:
    int descriptor_;
    bool ended_ = false;
    Octets octets_;
};

/// A pseudo terminal whose other end is a port to programs.
class Adapter {
  public:
    Adapter();
    ~Adapter();
    Adapter(const Adapter&) = delete;
    Adapter& operator=(const Adapter&) = delete;

    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    void write(std::span<const std::uint8_t> octets) const;
    /// Pulls it out.
    void close();

  private:
    int ours_ = -1;
    int theirs_ = -1;
    std::string path_;
};

} // namespace support
