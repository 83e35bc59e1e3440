// The daemon: connects ports, meters, broker and Home Assistant on one io_context and one thread.
#pragma once

#include "daemon/announcer.hpp"
#include "daemon/home.hpp"
#include "daemon/hourly_delivery.hpp"
#include "daemon/meter.hpp"
#include "daemon/meter_limits.hpp"
#include "daemon/port.hpp"
#include "daemon/port_memory_file.hpp"
#include "daemon/publisher.hpp"
#include "daemon/readouts.hpp"
#include "daemon/state_lock.hpp"
#include "daemon/withdrawal.hpp"
#include "mqtt/topics.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <set>

namespace hanport {

class App : public PortListener {
  public:
    /// With `to_stdout`, messages are printed and not published. Throws ConfigError, and
    /// std::runtime_error if the state directory or the broker's options cannot be used.
    App(boost::asio::io_context& io, Config config, bool to_stdout);

    /// Starts everything. The io_context then runs until SIGTERM, SIGINT or SIGHUP.
    void start();

  private:
    bool accepts(Port& port, const han::list::List& list) override;
    void on_list(Port& port, const han::list::List& list) override;
    void on_refusal(Port& port, const han::Refusal& refusal) override;
    void on_memory(Port& port, const PortMemory& memory) override;

    void on_connected();
    void on_disconnected(const std::string& cause);

    // Null if the meter exceeds the limits.
    [[nodiscard]] Meter& meter_of(const Port& port, const han::list::List& list);
    void forget(const std::string& meter_id);
    [[nodiscard]] std::unique_ptr<Publisher> make_publisher();
    void keep(const HourlyRecord& record);
    void on_readout(const Port& port, const han::list::List& list, Meter& meter, Instant now);
    void publish_readouts(const std::vector<Readouts::Due>& all, SteadyTime now);
    void restore_meters();
    void publish(const Message& message) { (void)publisher_->publish(message, 0); }
    void publish_meters();
    void publish_state(const Meter& meter, SteadyTime now);
    void publish_availability(const Meter& meter, bool is_online);
    void publish_stats();
    [[nodiscard]] boost::asio::awaitable<void> tick();
    void check_availability(SteadyTime now);
    void stop();

    boost::asio::io_context& io_;
    Config config_;
    bool to_stdout_;
    Topics topics_;
    boost::asio::signal_set signals_;
    StateLock lock_; // first, before the members that use the state directory
    PortMemoryFile memory_;
    HourlyStore store_;
    std::unique_ptr<Publisher> publisher_;
    HourlyDelivery delivery_;
    Readouts readouts_;
    Announcer announcer_;
    Withdrawal withdrawal_;
    MeterLimits limits_;
    Home home_;
    std::vector<std::unique_ptr<Port>> ports_;
    std::map<std::string, Meter> meters_; // by meter id
    std::map<std::string, bool> online_;  // as last published
    std::set<std::string> told_;          // problems that are logged once
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    std::uint64_t connections_ = 0;
    bool stopping_ = false;
};

} // namespace hanport
