// One daemon per state directory: two daemons would overwrite and deliver each other's lists.
#pragma once

#include "base/file_descriptor.hpp"

#include <filesystem>

namespace hanport::store {

/// Holds STATE/lock for the lifetime of the object. It is a kernel lock (fcntl): it ends with the
/// process in every case, and a file left behind has no effect.
class StateLock {
  public:
    /// Creates the directory if it is missing. Throws std::runtime_error if another process holds
    /// the lock (the text names it), and for root in a directory of another user. If locking fails
    /// for another reason (a read-only disk), that is logged and the object holds no lock.
    explicit StateLock(const std::filesystem::path& state_directory);

  private:
    base::FileDescriptor file_;
};

} // namespace hanport::store
