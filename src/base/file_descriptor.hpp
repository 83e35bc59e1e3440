// Owns a file descriptor until it is released.
#pragma once

#include <unistd.h>

#include <utility>

namespace hanport::base {

class FileDescriptor {
  public:
    FileDescriptor() = default;
    explicit FileDescriptor(int number) noexcept : number_(number) {}
    FileDescriptor(FileDescriptor&& other) noexcept : number_(other.release()) {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~FileDescriptor() {
        if (number_ >= 0)
            ::close(number_);
    }

    /// Negative if there is none.
    [[nodiscard]] int get() const noexcept { return number_; }
    /// Returns the descriptor; the caller owns it then.
    [[nodiscard]] int release() noexcept { return std::exchange(number_, -1); }

  private:
    int number_ = -1;
};

} // namespace hanport::base
