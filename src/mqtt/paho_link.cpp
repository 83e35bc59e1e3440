// The MQTT connection with paho; see paho_link.hpp. It uses only functions that exist in version
// 1.2 of paho's C++ library as well as in 1.5.
#include "mqtt/paho_link.hpp"

#include "mqtt/paho_options.hpp"
#include "mqtt/reasons.hpp"

#include <boost/asio/post.hpp>
#include <mqtt/async_client.h>

#include <map>
#include <stdexcept>
#include <utility>

namespace hanport::mqtt {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr std::size_t longest_told = 200; // of a topic

Message message_of(const ::mqtt::message& message) {
    return {.topic = message.get_topic(),
            .payload = message.get_payload_str(),
            .qos = message.get_qos() == 0 ? Qos::at_most_once : Qos::at_least_once,
            .retain = message.is_retained() ? Retain::yes : Retain::no};
}

// MQTT 5 gives a reason code, which paho stores in one of two places; 3.1.1 gives a return code
// from 1 to 5. paho's own codes are negative.
std::string cause_of(const ::mqtt::token& action) {
    const int code = action.get_return_code();
    for (const int reason : {static_cast<int>(action.get_reason_code()), code})
        if (std::string text = text_of_reason(reason); !text.empty())
            return text;
    return text_of_return_code(code);
}

// From the CONNACK. paho itself obeys the keep alive, but not the packet size.
BrokerLimits limits_of(const ::mqtt::token& connected) {
    BrokerLimits limits;
    try {
        const ::mqtt::connect_response answer = connected.get_connect_response();
        const ::mqtt::properties& properties = answer.get_properties();
        using ::mqtt::property;
        if (properties.contains(property::SERVER_KEEP_ALIVE))
            limits.keep_alive = std::chrono::seconds(
                ::mqtt::get<std::uint16_t>(properties, property::SERVER_KEEP_ALIVE));
        if (properties.contains(property::MAXIMUM_PACKET_SIZE))
            limits.largest_packet =
                ::mqtt::get<std::uint32_t>(properties, property::MAXIMUM_PACKET_SIZE);
    } catch (const std::exception&) { // MQTT 3.1.1 has no properties
        return limits;
    }
    return limits;
}

// Reason of a PUBACK or SUBACK; 0 if there is none. With MQTT 3.1.1 the reason is 0xFF for paho,
// and SUBACK has the return code 0x80.
std::uint8_t reason_of(const ::mqtt::token& action) {
    constexpr int first_error = 0x80;
    for (const int reason : {static_cast<int>(action.get_reason_code()), action.get_return_code()})
        if (reason >= first_error && reason < UINT8_MAX)
            return static_cast<std::uint8_t>(reason);
    return 0;
}

// Returns false if paho cannot do it because the connection is lost; on_lost will report that, and
// the request has no effect.
template <class Action>
bool attempt(const Action& action) {
    try {
        action();
        return true;
    } catch (const ::mqtt::exception&) {
        return false;
    }
}

// paho ends its log and its heap with the last client, while its threads may still be writing to
// them. So one client, which never connects, exists until the process ends.
void keep_paho_alive() {
    [[maybe_unused]] static const auto* const client =
        new ::mqtt::async_client("tcp://localhost", "hanport");
}

// Calls a function with the result of an action; on paho's threads.
class Listener : public ::mqtt::iaction_listener {
  public:
    using Tell = std::function<void(const ::mqtt::token& action, bool success)>;
    explicit Listener(Tell tell) : tell_(std::move(tell)) {}
    void on_success(const ::mqtt::token& action) override { tell_(action, true); }
    void on_failure(const ::mqtt::token& action) override { tell_(action, false); }

  private:
    Tell tell_;
};

} // namespace

class PahoLink::Client {
  public:
    Client(asio::any_io_executor executor, const BrokerOptions& options, const BrokerUrl& url,
           LinkEvents events);

    std::map<std::uintptr_t, ::mqtt::delivery_token_ptr> outstanding;
    ::mqtt::delivery_token_ptr last_untold; // the messages before it are sent before it

  private:
    // Calls one of the events on the executor with these values, if the listener still exists.
    template <class Event, class... Values>
    void tell(Event LinkEvents::* event, Values... values) const {
        asio::post(executor_, [events = std::weak_ptr(events_), event,
                               ... held = std::move(values)]() mutable {
            if (const auto listener = events.lock())
                ((*listener).*event)(std::move(held)...);
        });
    }
    void tell_delivery(std::uintptr_t key, bool success, std::uint8_t reason) {
        asio::post(executor_, [this, events = std::weak_ptr(events_), key, success, reason] {
            if (const auto listener = events.lock()) { // the client then exists too
                outstanding.erase(key);
                listener->on_delivery(key, success, reason);
            }
        });
    }

    asio::any_io_executor executor_;
    std::shared_ptr<LinkEvents> events_;

  public:
    // The client is destroyed before the listeners, which it calls until then, and after the
    // options: the memory of their properties is freed by paho with its last client.
    Listener connect_listener;
    Listener subscribe_listener;
    Listener probe_listener;
    Listener delivery_listener;
    ::mqtt::async_client paho;
    ::mqtt::connect_options connect_options;
};

PahoLink::Client::Client(asio::any_io_executor executor, const BrokerOptions& options,
                         const BrokerUrl& url, LinkEvents events)
    : executor_(std::move(executor)), events_(std::make_shared<LinkEvents>(std::move(events))),
      connect_listener([this](const ::mqtt::token& action, bool success) {
          tell(&LinkEvents::on_result, success, success ? std::string() : cause_of(action),
               success ? limits_of(action) : BrokerLimits{});
      }),
      subscribe_listener([this](const ::mqtt::token& action, bool success) {
          const auto filters = action.get_topics();
          if (const std::uint8_t reason = success ? 0 : reason_of(action);
              reason != 0 && filters && !filters->empty())
              tell(&LinkEvents::on_subscription_refused, (*filters)[0], reason);
      }),
      probe_listener([this](const ::mqtt::token&, bool success) {
          if (success)
              tell(&LinkEvents::on_answer);
      }),
      delivery_listener([this](const ::mqtt::token& action, bool success) {
          tell_delivery(reinterpret_cast<std::uintptr_t>(action.get_user_context()), success,
                        success ? std::uint8_t{0} : reason_of(action));
      }),
      paho((url.tls ? "ssl://" : "tcp://") + host_and_port(url), options.client_id,
           [&options] {
               keep_paho_alive();
               return create_options_of(options);
           }()),
      connect_options(connect_options_of(options, url.tls)) {
    paho.set_connection_lost_handler(
        [this](const std::string&) { tell(&LinkEvents::on_lost, std::string()); });
    paho.set_disconnected_handler([this](const ::mqtt::properties&, ::mqtt::ReasonCode reason) {
        tell(&LinkEvents::on_lost, text_of_reason(static_cast<int>(reason)));
    });
    paho.set_message_callback([this](const ::mqtt::const_message_ptr& message) {
        if (!message)
            return;
        // An MQTT 3.1.1 broker has no option to suppress these messages.
        if (const std::size_t size = message->get_payload().size(); size > largest_message)
            tell(&LinkEvents::on_too_large, message->get_topic().substr(0, longest_told), size);
        else
            tell(&LinkEvents::on_message, message_of(*message));
    });
}

PahoLink::PahoLink(asio::any_io_executor executor, const BrokerOptions& options,
                   const BrokerUrl& url, LinkEvents events)
    : client_(std::make_unique<Client>(std::move(executor), options, url, std::move(events))) {}

PahoLink::~PahoLink() = default;

void PahoLink::connect() {
    client_->outstanding.clear();
    client_->last_untold.reset();
    client_->paho.connect(client_->connect_options, nullptr, client_->connect_listener);
}

// QoS 0 needs no completion callback; registering one would cause a useless wake-up per message.
bool PahoLink::publish(const Message& message, std::uintptr_t key) {
    const auto sent =
        ::mqtt::message::create(message.topic, message.payload.data(), message.payload.size(),
                                level(message.qos), message.retain == Retain::yes);
    // paho carries this pointer for us and never dereferences it.
    void* const context = reinterpret_cast<void*>(key); // NOLINT(performance-no-int-to-ptr)
    return attempt([&] {
        if (message.qos == Qos::at_most_once)
            client_->last_untold = client_->paho.publish(sent);
        else
            client_->outstanding[key] =
                client_->paho.publish(sent, context, client_->delivery_listener);
    });
}

void PahoLink::subscribe(const std::string& filter, Qos qos) {
    attempt(
        [&] { client_->paho.subscribe(filter, level(qos), nullptr, client_->subscribe_listener); });
}

void PahoLink::unsubscribe(const std::string& filter) {
    attempt([&] { client_->paho.unsubscribe(filter); });
}

// paho has no function to send a ping. Unsubscribing from a topic that was never subscribed to
// changes nothing, and a working broker answers it even if it grants this client no rights.
void PahoLink::probe() {
    attempt([&] {
        client_->paho.unsubscribe(client_->paho.get_client_id() + "/probe", nullptr,
                                  client_->probe_listener);
    });
}

bool PahoLink::wait_for(std::uintptr_t key, steady_clock::time_point deadline) {
    const auto sent = client_->outstanding.extract(key);
    bool done = true; // also if it was refused
    if (sent)
        attempt([&] { done = sent.mapped()->wait_until(deadline); });
    return done;
}

void PahoLink::wait_for_untold(steady_clock::time_point deadline) {
    if (client_->last_untold)
        attempt([&] { client_->last_untold->wait_until(deadline); });
}

void PahoLink::disconnect(steady_clock::time_point deadline) {
    attempt([&] { client_->paho.disconnect(0)->wait_until(deadline); });
}

} // namespace hanport::mqtt
