// The daemon: connects ports, meters, broker and Home Assistant on one io_context and one thread.
#pragma once

#include "daemon/home.hpp"
#include "daemon/meter_limits.hpp"
#include "daemon/withdrawal.hpp"
#include "homeassistant/discovery_publisher.hpp"
#include "meter/meter.hpp"
#include "port/port.hpp"
#include "publish/batches.hpp"
#include "publish/hourly_delivery.hpp"
#include "publish/publisher.hpp"
#include "publish/topics.hpp"
#include "store/port_state_file.hpp"
#include "store/state_lock.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <set>

namespace hanport::daemon {

class App : public port::PortListener {
  public:
    /// With `to_stdout`, messages are printed and not published. Throws ConfigError, and
    /// std::runtime_error if the state directory or the broker's options cannot be used.
    App(boost::asio::io_context& io, config::Config config, bool to_stdout);

    /// Starts everything. The io_context then runs until SIGTERM, SIGINT or SIGHUP.
    void start();

  private:
    bool accepts(port::Port& port, const han::list::List& list) override;
    void on_list(port::Port& port, const han::list::List& list) override;
    void on_refusal(port::Port& port, const han::Refusal& refusal) override;
    void on_memory(port::Port& port, const port::PortMemory& memory) override;

    void on_connected();
    void on_disconnected(const std::string& cause);

    // Null if the meter exceeds the limits.
    [[nodiscard]] meter::Meter& meter_of(const port::Port& port, const han::list::List& list);
    void forget(const std::string& meter_id);
    [[nodiscard]] std::unique_ptr<publish::Publisher> make_publisher();
    void keep(const store::HourlyRecord& record);
    void on_readout(const port::Port& port, const han::list::List& list, meter::Meter& meter,
                    base::Instant now);
    void publish_readouts(const std::vector<publish::Readouts::Due>& all, base::SteadyTime now);
    void restore_meters();
    void publish(const mqtt::Message& message) { (void)publisher_->publish(message, 0); }
    void publish_meters();
    void publish_state(const meter::Meter& meter, base::SteadyTime now);
    void publish_availability(const meter::Meter& meter, bool is_online);
    void publish_stats();
    [[nodiscard]] boost::asio::awaitable<void> tick();
    void check_availability(base::SteadyTime now);
    void stop();

    boost::asio::io_context& io_;
    config::Config config_;
    bool to_stdout_;
    publish::Topics topics_;
    boost::asio::signal_set signals_;
    store::StateLock lock_; // first, before the members that use the state directory
    store::PortMemoryFile memory_;
    store::HourlyStore store_;
    std::unique_ptr<publish::Publisher> publisher_;
    publish::HourlyDelivery delivery_;
    publish::Readouts readouts_;
    homeassistant::Announcer announcer_;
    Withdrawal withdrawal_;
    MeterLimits limits_;
    Home home_;
    std::vector<std::unique_ptr<port::Port>> ports_;
    std::map<std::string, meter::Meter> meters_; // by meter id
    std::map<std::string, bool> online_;         // as last published
    std::set<std::string> told_;                 // problems that are logged once
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    std::uint64_t connections_ = 0;
    bool stopping_ = false;
};

} // namespace hanport::daemon
