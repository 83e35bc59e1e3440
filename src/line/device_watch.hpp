// Waits for a device to appear: for a change in its folders, or for a time limit.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <chrono>
#include <filesystem>
#include <vector>

namespace hanport::line {

class DeviceWatch {
  public:
    /// Watches from now on. Folders that cannot be watched are ignored; if there is none, only the
    /// time limit applies.
    DeviceWatch(const boost::asio::any_io_executor& executor,
                const std::vector<std::filesystem::path>& folders);

    /// Waits until something has changed since construction, plus a delay in which udev sets the
    /// device's owner and links; or until `timeout` is over.
    [[nodiscard]] boost::asio::awaitable<void> wait(std::chrono::milliseconds timeout);

  private:
    boost::asio::posix::stream_descriptor events_;
};

} // namespace hanport::line
