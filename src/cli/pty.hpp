// A pseudo terminal in the place of a serial adapter: what is written here, a program reads on the
// other side as if a meter had sent it.
//
// It behaves as a line does. While nobody has the other side open, what is written is dropped, so
// that a reader who comes later does not begin with what is old. A reader who stops reading makes
// write() wait, a second at most, and loses what came meanwhile.
#pragma once

#include "cli/pace.hpp"
#include "han/base/bytes.hpp"

#include <string>
#include <vector>

namespace cli {

class Pty {
  public:
    /// Opens one, raw. `link`, if not empty, becomes a symbolic link to it; an older link of that
    /// name is replaced. Throws std::runtime_error whose text says what failed.
    /// Readers are noticed while `stop`, which has to live longer, waits.
    Pty(std::string link, Stop& stop);
    /// Removes the link.
    ~Pty();
    Pty(const Pty&) = delete;
    Pty& operator=(const Pty&) = delete;

    /// Of the side that programs open: "/dev/pts/7".
    [[nodiscard]] const std::string& path() const noexcept { return path_; }

    /// Waits until somebody has the other side open; false where a signal came before.
    [[nodiscard]] bool wait_for_reader();

    /// Sends all of it or drops the rest; false where something was dropped.
    bool write(han::Bytes octets);

    /// What programs have sent since the last call; empty where nothing has come.
    [[nodiscard]] std::vector<std::uint8_t> read();

    /// The speed that the other side is set to, bits a second.
    [[nodiscard]] unsigned baud() const;

    /// Waits until what was sent has been read, a second at most.
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
    int theirs_ = -1; // kept open, or the line would hang up when a reader leaves
    int watch_ = -1;
    int readers_ = 0;
};

} // namespace cli
