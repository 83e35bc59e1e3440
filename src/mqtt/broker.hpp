// The connection to the MQTT broker: kept up for ever, its events brought to the I/O thread.
// paho_link.cpp is the one file that includes paho.
#pragma once

#include "mqtt/message.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace hanport {

struct BrokerOptions {
    std::string url = "mqtt://localhost:1883"; ///< mqtts:// for TLS
    std::string client_id{};
    bool mqtt5 = true; ///< else 3.1.1
    std::string username{};
    std::string password{};
    std::string ca_file{};          ///< empty: the system's
    std::string certificate_file{}; ///< of the client; empty: none
    std::string key_file{};
    bool insecure = false; ///< does not verify the broker's certificate
    std::chrono::seconds keep_alive{30};
    Message will{}; ///< published by the broker when the connection is lost
};

/// Who is told; all are called on the executor, never from within a call to Broker. Any may be left
/// out, and any may call Broker.
struct BrokerEvents {
    std::function<void()> on_connected;
    /// The connection was lost, or an attempt failed; each cause is told once until the broker has
    /// been of use again: took something over, or stayed for a minute. `cause` is one line for the
    /// log, without secrets: "connection refused by localhost:1883", "bad user name or
    /// password", "the broker's certificate is not trusted: …".
    std::function<void(const std::string& cause)> on_disconnected;
    std::function<void(const Message& message)> on_message;
    /// A message of QoS 1 that was published with this id has been acknowledged by the broker.
    std::function<void(std::uint64_t id)> on_delivered;
    /// The broker has refused a message of QoS 1 that was published with this id. `reason` is a
    /// reason code of PUBACK (MQTT 5.0, 3.4.2.1); a broker of MQTT 3.1.1 cannot refuse.
    std::function<void(std::uint64_t id, std::uint8_t reason)> on_refused;
    /// One line for the log, of what went wrong while the connection stays: a message that was too
    /// large to be taken, a refused one without id or a refused subscription, once a topic and
    /// reason, an exception out of one of these.
    std::function<void(const std::string& text)> on_warning;
};

/// More of a message is not taken: discovery configs, the largest that are asked for, have 40 kB.
inline constexpr std::size_t largest_message = 262'144;

/// Connects when told to start, and again and again with a back-off of 1 s to 60 s, which begins
/// anew when the broker has been of use. Nothing is queued here: what is published while there is no
/// connection is lost unless somebody else keeps it.
class Broker {
  public:
    Broker(boost::asio::any_io_executor executor, BrokerOptions options, BrokerEvents events);
    ~Broker();
    Broker(const Broker&) = delete;
    Broker& operator=(const Broker&) = delete;

    /// Throws std::runtime_error for options that cannot work, a CA file that is not there for
    /// instance.
    void start();

    [[nodiscard]] bool connected() const noexcept;

    /// Sends; false where there is no connection, or where the broker takes nothing and 1000
    /// messages wait already. With QoS 1, `id` comes back with on_delivered or on_refused unless the
    /// connection is lost before or the broker never answers; 0 for no interest. What is larger than
    /// the broker takes (Maximum Packet Size) is refused here, as packet_too_large.
    bool publish(const Message& message, std::uint64_t id = 0);

    /// Asks for messages; to be repeated after each on_connected.
    void subscribe(const std::string& filter, Qos qos);
    void unsubscribe(const std::string& filter);

    /// Waits until what was published has gone out, `patience` at most, and disconnects orderly, so
    /// that the will is not sent. No event comes after it.
    void stop(std::chrono::milliseconds patience);

  private:
    class Session;
    std::shared_ptr<Session> session_;
};

} // namespace hanport
