// One MQTT connection over paho's asynchronous client; paho_link.cpp is the one file that includes
// paho.
//
// paho calls back on threads of its own. Those handlers only post to the executor, and what they
// post finds nobody when the link has gone.
#pragma once

#include "mqtt/broker.hpp"
#include "mqtt/broker_url.hpp"

namespace hanport {

/// What a broker of MQTT 5 wants (5.0, 3.2.2.3); 0 where it does not say.
struct BrokerLimits {
    std::chrono::seconds keep_alive{}; ///< counts instead of ours
    std::uint32_t largest_packet = 0;  ///< in octets
};

/// Told on the executor, and never once the link is destroyed.
struct LinkEvents {
    /// How an attempt to connect ended: `cause` is empty where it succeeded, and also where what is
    /// below MQTT failed and paho does not tell why.
    std::function<void(bool connected, std::string cause, BrokerLimits limits)> on_result;
    /// The broker has answered probe().
    std::function<void()> on_answer;
    /// The broker refuses a subscription, by a reason code of SUBACK.
    std::function<void(std::string filter, std::uint8_t reason)> on_subscription_refused;
    /// There is no connection any more; `cause` where the broker named one.
    std::function<void(std::string cause)> on_lost;
    std::function<void(Message message)> on_message;
    /// A message of that size was dropped; its topic may be cut short.
    std::function<void(std::string topic, std::size_t size)> on_too_large;
    /// What was published with QoS 1 and this key was taken over by the broker, or not: `reason` is
    /// the broker's where it gives one (MQTT 5), else 0.
    std::function<void(std::uintptr_t key, bool success, std::uint8_t reason)> on_delivery;
};

class PahoLink {
  public:
    PahoLink(boost::asio::any_io_executor executor, const BrokerOptions& options,
             const BrokerUrl& url, LinkEvents events);
    ~PahoLink();
    PahoLink(const PahoLink&) = delete;
    PahoLink& operator=(const PahoLink&) = delete;

    /// Begins to connect; on_result comes. Throws std::runtime_error where that cannot even begin.
    void connect();
    /// False where there is no connection. Nothing is told of a message of QoS 0.
    bool publish(const Message& message, std::uintptr_t key);
    void subscribe(const std::string& filter, Qos qos);
    void unsubscribe(const std::string& filter);
    /// Sends what every broker has to answer, whoever may do what there.
    void probe();

    /// Waits until the message of this key has been delivered or given up; false at the deadline.
    bool wait_for(std::uintptr_t key, std::chrono::steady_clock::time_point deadline);
    /// Waits until the messages of QoS 0 have gone out.
    void wait_for_untold(std::chrono::steady_clock::time_point deadline);
    /// Takes leave of the broker, which then does not publish the will.
    void disconnect(std::chrono::steady_clock::time_point deadline);

  private:
    class Client;
    std::unique_ptr<Client> client_;
};

} // namespace hanport
