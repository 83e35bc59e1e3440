// Waits for a device to come: for a change in the folders it would appear in, or for some time.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <chrono>
#include <filesystem>
#include <vector>

namespace hanport {

class DeviceWatch {
  public:
    /// Watches from now on; folders that cannot be watched are left out. Without any, only time
    /// passes.
    DeviceWatch(const boost::asio::any_io_executor& executor,
                const std::vector<std::filesystem::path>& folders);

    /// Until something has changed since the watch was made, and some time more for udev to give
    /// the device its owner and links; or until `patience` is over.
    [[nodiscard]] boost::asio::awaitable<void> wait(std::chrono::milliseconds patience);

  private:
    boost::asio::posix::stream_descriptor events_;
};

} // namespace hanport
