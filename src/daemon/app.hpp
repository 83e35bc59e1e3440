// The daemon: connects ports, meters, broker and Home Assistant on one io_context and one thread.
#pragma once

#include "daemon/meters.hpp"
#include "daemon/outcome_log.hpp"
#include "daemon/port_problems.hpp"
#include "homeassistant/discovery_publisher.hpp"
#include "publish/list_publisher.hpp"
#include "publish/meter_publisher.hpp"
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
    void on_port_state(port::Port& port, const port::PortState& memory) override;

    void on_connected();
    void on_disconnected(const std::string& cause);

    [[nodiscard]] std::unique_ptr<publish::Publisher> make_publisher();
    void pass_on(const meter::Outcome& outcome);
    void publish(const mqtt::Message& message) { (void)publisher_->publish(message, 0); }
    void publish_meters();
    void publish_stats();
    [[nodiscard]] boost::asio::awaitable<void> tick();
    void on_minute();
    void stop();

    boost::asio::io_context& io_;
    config::Config config_;
    bool to_stdout_;
    publish::Topics topics_;
    boost::asio::signal_set signals_;
    store::StateLock lock_; // first, before the members that use the state directory
    store::PortStateFile memory_;
    store::HourlyStore store_;
    std::unique_ptr<publish::Publisher> publisher_;
    publish::HourlyDelivery delivery_;
    OutcomeLog log_;
    publish::ListPublisher lists_;
    store::MeterFiles meter_files_;
    publish::MeterPublisher meter_publisher_;
    homeassistant::DiscoveryPublisher discovery_publisher_;
    std::vector<meter::OutcomeSink*> sinks_; // in the order in which they are called
    Withdrawal withdrawal_;
    Meters meters_;
    PortProblems port_problems_;
    std::vector<std::unique_ptr<port::Port>> ports_;
    std::set<std::string> logged_; // problems that are logged once
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    std::uint64_t connections_ = 0;
    bool stopping_ = false;
};

} // namespace hanport::daemon
