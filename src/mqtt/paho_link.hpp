// One MQTT connection over paho's asynchronous client. Only paho_link.cpp and paho_options.* include
// paho.
//
// paho calls back on its own threads. The handlers only post to the executor; what they post has no
// effect after the link is destroyed.
#pragma once

#include "mqtt/broker.hpp"
#include "mqtt/broker_url.hpp"

namespace hanport::mqtt {

/// Values from an MQTT 5 broker (5.0, 3.2.2.3); 0 if the broker does not send them.
struct BrokerLimits {
    std::chrono::seconds keep_alive{}; ///< replaces the requested value
    std::uint32_t largest_packet = 0;  ///< in octets
};

/// Called on the executor, never after the link is destroyed.
struct LinkEvents {
    /// Result of an attempt to connect: `cause` is empty on success, and also if a layer below MQTT
    /// failed and paho reports no cause.
    std::function<void(bool connected, std::string cause, BrokerLimits limits)> on_result;
    /// The broker has answered probe().
    std::function<void()> on_answer;
    /// The broker has refused a subscription, by a reason code of SUBACK.
    std::function<void(std::string filter, std::uint8_t reason)> on_subscription_refused;
    /// The connection is lost; `cause` is set if the broker gave one.
    std::function<void(std::string cause)> on_lost;
    std::function<void(Message message)> on_message;
    /// An incoming message of that size was discarded; `topic` may be truncated.
    std::function<void(std::string topic, std::size_t size)> on_too_large;
    /// Result of a QoS 1 message with this key: acknowledged by the broker or not. `reason` is the
    /// broker's reason code (MQTT 5), otherwise 0.
    std::function<void(std::uintptr_t key, bool success, std::uint8_t reason)> on_delivery;
};

class PahoLink {
  public:
    PahoLink(boost::asio::any_io_executor executor, const BrokerOptions& options,
             const BrokerUrl& url, LinkEvents events);
    ~PahoLink();
    PahoLink(const PahoLink&) = delete;
    PahoLink& operator=(const PahoLink&) = delete;

    /// Starts to connect; on_result reports the result. Throws std::runtime_error if it cannot
    /// start.
    void connect();
    /// Returns false if there is no connection. QoS 0 messages have no result callback.
    bool publish(const Message& message, std::uintptr_t key);
    void subscribe(const std::string& filter, Qos qos);
    void unsubscribe(const std::string& filter);
    /// Sends a packet that every broker answers, whatever its access rules.
    void probe();

    /// Waits until the message with this key has been delivered or given up; false at the deadline.
    bool wait_for(std::uintptr_t key, std::chrono::steady_clock::time_point deadline);
    /// Waits until the QoS 0 messages have been sent.
    void wait_for_untold(std::chrono::steady_clock::time_point deadline);
    /// Disconnects orderly; the broker then does not publish the will.
    void disconnect(std::chrono::steady_clock::time_point deadline);

  private:
    class Client;
    std::unique_ptr<Client> client_;
};

} // namespace hanport::mqtt
