// Destination of messages: the broker, or standard output for people and tests.
#pragma once

#include "mqtt/broker.hpp"

namespace hanport::publish {

class Publisher {
  public:
    virtual ~Publisher() = default;
    virtual void start() = 0;
    [[nodiscard]] virtual bool connected() const = 0;
    /// Returns false if there is no connection. `id` is returned on delivery; 0: not needed.
    virtual bool publish(const mqtt::Message& message, std::uint64_t id) = 0;
    virtual void subscribe(const std::string& filter) = 0;
    virtual void unsubscribe(const std::string& filter) = 0;
    virtual void stop(std::chrono::milliseconds timeout) = 0;
};

/// Publishes to the broker.
[[nodiscard]] std::unique_ptr<Publisher>
make_broker_publisher(boost::asio::any_io_executor executor, mqtt::BrokerOptions options,
                      mqtt::BrokerEvents events);

/// Prints a line per message, "topic payload". Always connected; everything is delivered at once.
[[nodiscard]] std::unique_ptr<Publisher>
make_stdout_publisher(boost::asio::any_io_executor executor, mqtt::BrokerEvents events);

} // namespace hanport::publish
