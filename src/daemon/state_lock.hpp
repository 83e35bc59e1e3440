// One daemon for each state directory: two of them would overwrite and deliver each other's lists.
#pragma once

#include "daemon/file_descriptor.hpp"

#include <filesystem>

namespace hanport {

/// Holds STATE/lock for the lifetime of the object. The lock is the kernel's (fcntl): it ends with
/// the process, however that ends, and the file that remains means nothing.
class StateLock {
  public:
    /// Creates the directory if it is missing. Throws std::runtime_error that names the process
    /// where another one has the lock, and for root in a directory of another user. Where no lock can be had for another reason (a read-only
    /// disk), that is logged, and the object holds none.
    explicit StateLock(const std::filesystem::path& state_directory);

  private:
    FileDescriptor file_;
};

} // namespace hanport
