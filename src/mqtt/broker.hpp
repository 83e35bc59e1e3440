// The connection to the MQTT broker: kept up forever; its events are called on the I/O thread. Only
// paho_link.cpp and paho_options.* include paho.
#pragma once

#include "mqtt/message.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace hanport::mqtt {

struct BrokerOptions {
    std::string url = "mqtt://localhost:1883"; ///< mqtts:// for TLS
    std::string client_id{};
    bool mqtt5 = true; ///< false: 3.1.1
    std::string username{};
    std::string password{};
    std::string ca_file{};          ///< empty: those of the system
    std::string certificate_file{}; ///< of the client; empty: none
    std::string key_file{};
    bool insecure = false; ///< skip verification of the broker's certificate
    std::chrono::seconds keep_alive{30};
    Message will{}; ///< published by the broker when the connection is lost
    std::chrono::milliseconds first_retry{1000}; ///< then twice as long each time
    std::chrono::milliseconds slowest_retry{60'000};
};

/// Callbacks. All run on the executor, never from inside a Broker member; each may be empty and may
/// call Broker.
struct BrokerEvents {
    std::function<void()> on_connected;
    /// The connection was lost, or an attempt failed. Each cause is reported once until the broker
    /// has worked again: until it acknowledged a message or stayed connected for a minute. `cause`
    /// is one line for the log, without secrets: "connection refused by localhost:1883", "bad user
    /// name or password", "the broker's certificate is not trusted: …".
    std::function<void(const std::string& cause)> on_disconnected;
    std::function<void(const Message& message)> on_message;
    /// The broker has acknowledged a QoS 1 message that was published with this id.
    std::function<void(std::uint64_t id)> on_delivered;
    /// The broker has refused a QoS 1 message that was published with this id. `reason` is a reason
    /// code of PUBACK (MQTT 5.0, 3.4.2.1); an MQTT 3.1.1 broker cannot refuse.
    std::function<void(std::uint64_t id, std::uint8_t reason)> on_refused;
    /// One line for the log about a problem while the connection stays: an incoming message that is
    /// too large, a refused message without id or a refused subscription (once per topic and
    /// reason), or an exception from one of these callbacks.
    std::function<void(const std::string& text)> on_warning;
};

/// Longer incoming messages are discarded. The longest ones needed, discovery configs, have 40 kB.
inline constexpr std::size_t largest_message = 262'144;

/// Connects after start() and reconnects with a back-off of 1 s to 60 s, which starts again after
/// the broker has worked. Nothing is queued here: a message published without a connection is lost
/// unless the caller keeps it.
class Broker {
  public:
    Broker(boost::asio::any_io_executor executor, BrokerOptions options, BrokerEvents events);
    ~Broker();
    Broker(const Broker&) = delete;
    Broker& operator=(const Broker&) = delete;

    /// Throws std::runtime_error for unusable options, for example a missing CA file.
    void start();

    [[nodiscard]] bool connected() const noexcept;

    /// Sends a message. Returns false if there is no connection, or if 1000 messages already wait
    /// for the broker. With QoS 1, `id` is returned by on_delivered or on_refused, unless the
    /// connection is lost first or the broker never answers; 0: not needed. A message above the
    /// broker's Maximum Packet Size is refused here, as packet_too_large.
    bool publish(const Message& message, std::uint64_t id = 0);

    /// Subscribes; call this again after each on_connected.
    void subscribe(const std::string& filter, Qos qos);
    void unsubscribe(const std::string& filter);

    /// Waits until published messages have been sent, `timeout` at most, and disconnects orderly,
    /// so that the will is not sent. No callback is called after that.
    void stop(std::chrono::milliseconds timeout);

  private:
    class Session;
    std::shared_ptr<Session> session_;
};

} // namespace hanport::mqtt
