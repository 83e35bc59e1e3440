// Base class for push and pull ports: run loop, stop, opening the line.
#pragma once

#include "base/file_descriptor.hpp"
#include "line/device_watch.hpp"
#include "port/port.hpp"
#include "port/port_log.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <exception>
#include <expected>

namespace hanport::port {

class PortBase {
  public:
    PortBase(boost::asio::any_io_executor executor, config::PortConfig config, PortOptions options);
    virtual ~PortBase() = default;

    /// Like those of Port.
    [[nodiscard]] boost::asio::awaitable<void> run();
    void stop();
    [[nodiscard]] const config::PortConfig& config() const noexcept { return config_; }
    [[nodiscard]] const PortStats& stats() const noexcept { return stats_; }

  protected:
    /// Opens the line again and again until cancelled.
    [[nodiscard]] virtual boost::asio::awaitable<void> run_loop() = 0;

    /// Opens the device; serial lines with this format. The error is one line for people, without
    /// the path. Records in the stats which path was opened, and whether the device is missing.
    [[nodiscard]] boost::asio::awaitable<std::expected<base::FileDescriptor, std::string>>
    open(polled::LineFormat format);
    /// The folders in which the device may appear again.
    [[nodiscard]] line::DeviceWatch new_watch() const;
    /// Why reading or writing has failed, in the words of the log.
    [[nodiscard]] std::string failure(const boost::system::error_code& error) const;

    boost::asio::any_io_executor executor_;
    config::PortConfig config_;
    PortOptions options_;
    bool tcp_;
    PortStats stats_;
    PortLog log_;
    boost::asio::posix::stream_descriptor line_;
    bool missing_ = false; // the device was missing at the last attempt

  private:
    boost::asio::awaitable<void> live_and_keep_failure();
    boost::asio::awaitable<void> wait_for_stop();

    boost::asio::steady_timer stop_; // cancelled to stop
    bool stopping_ = false;
    std::exception_ptr failure_;
};

} // namespace hanport::port
