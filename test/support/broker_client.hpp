// A Broker with its own io_context, which runs while a test waits.
#pragma once

#include "mqtt/broker.hpp"
#include "support/mosquitto.hpp"

#include <boost/asio/io_context.hpp>

namespace support {

class BrokerClient {
  public:
    explicit BrokerClient(hanport::mqtt::BrokerOptions options)
        : broker_(std::make_unique<hanport::mqtt::Broker>(
              io_.get_executor(), std::move(options),
              hanport::mqtt::BrokerEvents{
                  .on_connected =
                      [this] {
                          ++connections;
                          if (when_connected)
                              when_connected();
                      },
                  .on_disconnected = [this](const std::string& cause) { causes.push_back(cause); },
                  .on_message =
                      [this](const hanport::mqtt::Message& message) {
                          messages.push_back(message);
                      },
                  .on_delivered = [this](std::uint64_t id) { delivered.push_back(id); },
                  .on_refused = [this](std::uint64_t id,
                                       std::uint8_t reason) { refused.emplace_back(id, reason); },
                  .on_warning = [this](const std::string& text) { warnings.push_back(text); }})) {}

    hanport::mqtt::Broker* operator->() { return broker_.get(); }

    /// Starts it; true once it is connected.
    bool connect() {
        broker_->start();
        return until([this] { return broker_->connected() && connections > 0; });
    }

    /// Runs until `condition` holds; false if it does not within `timeout`.
    template <class Condition>
    bool until(const Condition& condition,
               std::chrono::milliseconds timeout = std::chrono::seconds(20)) {
        const auto deadline = std::chrono::steady_clock::now() + timeout;
        while (!condition()) {
            if (std::chrono::steady_clock::now() >= deadline)
                return false;
            io_.restart();
            if (io_.run_one_until(deadline) == 0)
                return condition();
        }
        return true;
    }

    /// Runs one handler if one is ready within `timeout`.
    void step(std::chrono::milliseconds timeout) {
        io_.restart();
        io_.run_one_for(timeout);
    }

    void destroy() { broker_.reset(); }

    int connections = 0;
    std::vector<std::string> causes;
    std::vector<std::string> warnings;
    std::vector<hanport::mqtt::Message> messages;
    std::vector<std::uint64_t> delivered;
    std::vector<std::pair<std::uint64_t, int>> refused; // id, reason
    std::function<void()> when_connected;

  private:
    boost::asio::io_context io_;
    std::unique_ptr<hanport::mqtt::Broker> broker_;
};

} // namespace support
