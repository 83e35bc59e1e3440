// A port with a meter: opened, read, decoded, and opened again forever (port.cpp). For a polled
// meter: opened, read out and closed (polled_port.cpp). The common part is in port_base.cpp.
#pragma once

#include "config/config.hpp"
#include "han/decoder.hpp"
#include "line/device.hpp"
#include "port/frame_outcome.hpp"
#include "port/parity_probe.hpp"
#include "port/port_state.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <memory>

namespace hanport::port {

/// For the stats topic.
struct PortStats {
    std::string state =
        "closed";     ///< "open", "closed", or why it is not open: "No such file or directory"
    std::string path; ///< the path that was opened
    config::Parity parity = config::Parity::automatic; ///< in use now
    std::string format{}; ///< character format if Parity cannot express it: "7E1"
    std::uint64_t bytes = 0;
    std::uint64_t line_errors = 0; ///< framing and parity errors that the kernel reported
    std::uint64_t reconnects = 0;
    std::uint64_t beyond_limit = 0; ///< lists that the listener dropped
    FrameCounts frames;             ///< and polls, by outcome
};

/// Times and paths; only tests change the defaults.
struct PortOptions {
    using Milliseconds = std::chrono::milliseconds;
    Milliseconds serial_silence{200}; ///< a frame is not completed after this time without a byte
    Milliseconds tcp_silence{1000};   ///< likewise; networks delay bytes
    Milliseconds settling{5000};      ///< a line counts as working after this time
    Milliseconds wedged{300'000};     ///< a line that brought data is reopened after this silence
    Milliseconds least_rest{10};      ///< while a frame is arriving
    Milliseconds longest_rest{2000};  ///< limit for a frame whose length may be wrong
    Milliseconds connect_timeout{5000};
    Milliseconds first_retry{500};
    Milliseconds slowest_retry{10'000};   ///< the return of a device is still detected at once
    Milliseconds slowest_tcp_retry{2000}; ///< the return of a host cannot be detected
    ParityProbe::Options probe;           ///< its silence is replaced by serial_silence
    line::DeviceFolders folders;
};

class Port;

/// Called on the executor. Lists are valid during the call only.
class PortListener {
  public:
    virtual ~PortListener() = default;
    /// Called first for each list. Returns false to drop the list, because its meter exceeds the
    /// limit.
    virtual bool accepts(Port& /*port*/, const han::list::List& /*list*/) { return true; }
    virtual void on_list(Port& port, const han::list::List& list) = 0;
    virtual void on_refusal(Port& port, const han::Refusal& refusal) = 0;
    /// The memory has changed and should be stored.
    virtual void on_port_state(Port& port, const PortState& memory) = 0;
};

/// Notes the meter that the list names, if any, and reports a change to the listener.
void remember_meter(PortState& memory, const han::list::List& list, Port& port,
                    PortListener& listener);

class PortBase; // implementation of one kind of port; port_base.hpp

class Port {
  public:
    /// Reads key files; throws ConfigError if that fails.
    Port(boost::asio::any_io_executor executor, config::PortConfig config, PortState memory,
         PortListener& listener, const PortOptions& options = {});
    ~Port();
    Port(const Port&) = delete;
    Port& operator=(const Port&) = delete;

    /// Runs until cancelled (total or terminal cancellation) or until stop(). Call it only once.
    /// The port must exist until it has ended.
    [[nodiscard]] boost::asio::awaitable<void> run();
    /// Makes run() end as soon as the executor runs.
    void stop();

    [[nodiscard]] const config::PortConfig& config() const noexcept;
    [[nodiscard]] const PortStats& stats() const noexcept;

  private:
    std::unique_ptr<PortBase> life_;
};

} // namespace hanport::port
