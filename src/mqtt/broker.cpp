// What users of the broker call; see broker_session.hpp for what happens then.
#include "mqtt/broker.hpp"

#include "mqtt/broker_session.hpp"

#include <utility>

namespace hanport::mqtt {

using namespace std::chrono_literals;

Broker::Broker(boost::asio::any_io_executor executor, BrokerOptions options, BrokerEvents events)
    : session_(
          std::make_shared<Session>(std::move(executor), std::move(options), std::move(events))) {}

Broker::~Broker() {
    try {
        session_->stop(0ms);
    } catch (const std::
                 exception&) { // the session then ends with the link, without an orderly disconnect
        session_.reset();
    }
}

void Broker::start() {
    session_->start();
}

bool Broker::connected() const noexcept {
    return session_->connected();
}

bool Broker::publish(const Message& message, std::uint64_t id) {
    return session_->publish(message, id);
}

void Broker::subscribe(const std::string& filter, Qos qos) {
    if (PahoLink* const link = session_->link())
        link->subscribe(filter, qos);
}

void Broker::unsubscribe(const std::string& filter) {
    if (PahoLink* const link = session_->link())
        link->unsubscribe(filter);
}

void Broker::stop(std::chrono::milliseconds timeout) {
    session_->stop(timeout);
}

} // namespace hanport::mqtt
