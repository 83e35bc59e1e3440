// A port that a meter talks on: opened, read, decoded, and opened again for ever (port.cpp); or, by
// its protocol, opened to ask the meter, and closed again (pull_port.cpp). What both do alike is in
// port_life.cpp.
#pragma once

#include "daemon/config.hpp"
#include "daemon/device.hpp"
#include "daemon/parity_probe.hpp"
#include "han/decoder.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <map>
#include <memory>

namespace hanport {

/// What is known of a port from earlier runs, kept on disk by whoever listens.
struct PortMemory {
    Parity parity = Parity::automatic; ///< none or even once one has brought an intact frame
    std::string meter_id{};            ///< of the last longer list; a power list names no meter
    std::string meter_type{};
    std::string manufacturer{};

    friend bool operator==(const PortMemory&, const PortMemory&) = default;
};

/// For the stats topic.
struct PortStats {
    std::string state =
        "closed";     ///< "open", "closed", or why it is not open: "No such file or directory"
    std::string path; ///< what was really opened
    Parity parity = Parity::automatic; ///< in use now
    std::string format{};              ///< of characters where it is none of Parity's: "7E1"
    std::uint64_t bytes = 0;
    std::uint64_t line_errors = 0; ///< framing and parity errors that the kernel reported
    std::uint64_t reconnects = 0;
    std::uint64_t beyond_limit = 0; ///< lists that the listener dropped
    std::map<std::string, std::uint64_t>
        frames; ///< by outcome: power, live, hourly, or a refusal's key
};

/// Times and places, other than the defaults in tests only.
struct PortOptions {
    using Milliseconds = std::chrono::milliseconds;
    Milliseconds serial_silence{200}; ///< without a byte, after which a frame is not completed
    Milliseconds tcp_silence{1000};   ///< likewise; networks hold bytes back
    Milliseconds settling{5000};      ///< open so long, a line counts as working
    Milliseconds wedged{300'000};     ///< silent so long, a line that brought data is reopened
    Milliseconds least_rest{10};      ///< while a frame is coming
    Milliseconds longest_rest{2000};  ///< of a frame whose length may be wrong
    Milliseconds connect_patience{5000};
    Milliseconds first_retry{500};
    Milliseconds slowest_retry{10'000};   ///< a device's return is noticed at once all the same
    Milliseconds slowest_tcp_retry{2000}; ///< nothing tells of the return of a host
    ParityProbe::Options probe;           ///< its silence is serial_silence
    DeviceFolders folders;
};

class Port;

/// Told on the executor. Lists are valid during the call only.
class PortListener {
  public:
    virtual ~PortListener() = default;
    /// False: the list is dropped, because its meter is one too many. Called first for each list.
    virtual bool accepts(Port& /*port*/, const han::list::List& /*list*/) { return true; }
    virtual void on_list(Port& port, const han::list::List& list) = 0;
    virtual void on_refusal(Port& port, const han::Refusal& refusal) = 0;
    /// Memory has changed; it is worth keeping.
    virtual void on_memory(Port& port, const PortMemory& memory) = 0;
};

class PortLife; // how a port of one kind lives; port_life.hpp

class Port {
  public:
    /// Reads key files; throws ConfigError where that fails.
    Port(boost::asio::any_io_executor executor, PortConfig config, PortMemory memory,
         PortListener& listener, const PortOptions& options = {});
    ~Port();
    Port(const Port&) = delete;
    Port& operator=(const Port&) = delete;

    /// Runs until cancelled (total or terminal cancellation) or stop(); once. The port has to stay
    /// until it has ended.
    [[nodiscard]] boost::asio::awaitable<void> run();
    /// Makes run() end as soon as the executor comes to it.
    void stop();

    [[nodiscard]] const PortConfig& config() const noexcept;
    [[nodiscard]] const PortStats& stats() const noexcept;

  private:
    std::unique_ptr<PortLife> life_;
};

} // namespace hanport
