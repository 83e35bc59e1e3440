// A pseudo terminal that acts like a serial adapter: a program reads on the other side what is
// written here, as if a meter had sent it.
//
// It behaves like a line. While no program has the other side open, writes are discarded, so that a
// later reader does not begin with old data. If a reader stops reading, write() waits a second at
// most, then discards the rest.
#pragma once

#include "cli/pace.hpp"
#include "han/base/bytes.hpp"

#include <string>
#include <vector>

namespace hanport::cli {

class Pty {
  public:
    /// Opens a pseudo terminal in raw mode. If `link` is not empty, it becomes a symbolic link to
    /// the terminal and replaces an older link of that name. Throws std::runtime_error with a text
    /// that names what failed. Readers are detected while `stop` waits; `stop` must outlive this
    /// object.
    Pty(std::string link, Stop& stop);
    /// Removes the link.
    ~Pty();
    Pty(const Pty&) = delete;
    Pty& operator=(const Pty&) = delete;

    /// Path of the side that programs open: "/dev/pts/7".
    [[nodiscard]] const std::string& path() const noexcept { return path_; }

    /// Waits until a program has the other side open; false if a signal arrives first.
    [[nodiscard]] bool wait_for_reader();

    /// Sends all of it or discards the rest; false if something was discarded.
    bool write(han::Bytes octets);

    /// Octets that programs have sent since the last call; may be empty.
    [[nodiscard]] std::vector<std::uint8_t> read();

    /// Speed that the other side is set to, in bits per second.
    [[nodiscard]] unsigned baud() const;

    /// Waits until everything written has been read, a second at most.
    void drain();

  private:
    void make_raw() const;
    void make_link() const;
    void watch();
    void see_readers();
    [[nodiscard]] bool has_reader() {
        see_readers();
        return readers_ > 0;
    }
    [[nodiscard]] bool has_unread() const noexcept;

    std::string link_;
    Stop& stop_;
    std::string path_;
    int ours_ = -1;
    int theirs_ = -1; // kept open; otherwise the line would hang up when a reader closes it
    int watch_ = -1;
    int readers_ = 0;
};

} // namespace hanport::cli
