// The two destinations; see publisher.hpp.
#include "publish/publisher.hpp"

#include <boost/asio/post.hpp>

#include <iostream>
#include <utility>

namespace hanport::publish {
namespace {

class BrokerPublisher : public Publisher {
  public:
    BrokerPublisher(boost::asio::any_io_executor executor, mqtt::BrokerOptions options,
                    mqtt::BrokerEvents events)
        : broker_(std::move(executor), std::move(options), std::move(events)) {}

    void start() override { broker_.start(); }
    [[nodiscard]] bool connected() const override { return broker_.connected(); }
    bool publish(const mqtt::Message& message, std::uint64_t id) override {
        return broker_.publish(message, id);
    }
    void subscribe(const std::string& filter) override {
        broker_.subscribe(filter, mqtt::Qos::at_least_once);
    }
    void unsubscribe(const std::string& filter) override { broker_.unsubscribe(filter); }
    void stop(std::chrono::milliseconds timeout) override { broker_.stop(timeout); }

  private:
    mqtt::Broker broker_;
};

class StdoutPublisher : public Publisher {
  public:
    StdoutPublisher(boost::asio::any_io_executor executor, mqtt::BrokerEvents events)
        : executor_(std::move(executor)), events_(std::move(events)) {}

    void start() override { boost::asio::post(executor_, events_.on_connected); }
    [[nodiscard]] bool connected() const override { return true; }
    bool publish(const mqtt::Message& message, std::uint64_t id) override {
        std::cout << message.topic << ' ' << message.payload << '\n' << std::flush;
        if (id != 0)
            boost::asio::post(executor_, [this, id] { events_.on_delivered(id); });
        return true;
    }
    void subscribe(const std::string&) override {}
    void unsubscribe(const std::string&) override {}
    void stop(std::chrono::milliseconds) override {}

  private:
    boost::asio::any_io_executor executor_;
    mqtt::BrokerEvents events_;
};

} // namespace

std::unique_ptr<Publisher> make_broker_publisher(boost::asio::any_io_executor executor,
                                                 mqtt::BrokerOptions options,
                                                 mqtt::BrokerEvents events) {
    return std::make_unique<BrokerPublisher>(std::move(executor), std::move(options),
                                             std::move(events));
}

std::unique_ptr<Publisher> make_stdout_publisher(boost::asio::any_io_executor executor,
                                                 mqtt::BrokerEvents events) {
    return std::make_unique<StdoutPublisher>(std::move(executor), std::move(events));
}

} // namespace hanport::publish
