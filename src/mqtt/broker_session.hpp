// The life of the broker's connection: one coroutine from start() to stop() that connects, waits for
// the loss of the connection, and connects again.
#pragma once

#include "mqtt/answer_watch.hpp"
#include "mqtt/broker.hpp"
#include "mqtt/paho_link.hpp"
#include "mqtt/send_window.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <optional>
#include <set>

namespace hanport::mqtt {

class Broker::Session : public std::enable_shared_from_this<Session> {
  public:
    Session(boost::asio::any_io_executor executor, BrokerOptions options, BrokerEvents events);

    void start();
    void stop(std::chrono::milliseconds timeout);
    bool publish(const Message& message, std::uint64_t id);
    [[nodiscard]] bool connected() const noexcept { return connected_; }
    /// Empty while there is no connection.
    [[nodiscard]] PahoLink* link() const noexcept { return connected_ ? link_.get() : nullptr; }

  private:
    template <class Event, class... Values>
    void tell(const Event& event, const Values&... values);
    void make_link();
    boost::asio::awaitable<void> while_connected();
    [[nodiscard]] base::SteadyTime look_after();
    void answered();
    void give_up();
    static boost::asio::awaitable<void> run(std::shared_ptr<Session> self);
    boost::asio::awaitable<void> keep_connected();
    boost::asio::awaitable<std::string> attempt();
    boost::asio::awaitable<void> wait_until(base::SteadyTime deadline);
    void lose(std::string cause);
    void settle(std::uintptr_t key, bool success, std::uint8_t reason = 0);
    void refuse(const std::string& what, std::uint64_t id, std::uint8_t reason);

    boost::asio::any_io_executor executor_;
    BrokerOptions options_;
    BrokerEvents events_;
    BrokerUrl url_;
    boost::asio::steady_timer timer_; // cancelled on every event
    bool stopped_ = false;
    bool connected_ = false;
    bool answered_ = false; // the attempt to connect has ended
    bool granted_ = false;  // by the broker, in this attempt
    bool accepted_ = false; // a connection was accepted at some time
    bool useful_ = false;   // this connection has delivered something
    BrokerLimits limits_;
    AnswerWatch watch_;
    std::string cause_;     // why there is no connection
    std::string diagnosis_; // as found at this time, in this outage
    std::optional<base::SteadyTime> diagnosed_{};
    bool too_large_told_ = false;
    std::set<std::string> refusals_told_;

    SendWindow window_; // with QoS 1
    std::unique_ptr<PahoLink> link_;
};

} // namespace hanport::mqtt
