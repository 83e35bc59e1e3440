// The connection to the broker over paho's asynchronous client.
//
// paho calls back on threads of its own. Those handlers only post to the executor, and what they
// post holds the session weakly: it finds nobody when the session has gone. All else runs on the
// executor, the reconnecting as one coroutine from start() to stop().
#include "mqtt/broker.hpp"

#include "mqtt/backoff.hpp"
#include "mqtt/broker_causes.hpp"
#include "mqtt/diagnosis.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <mqtt/async_client.h>

#include <map>
#include <optional>
#include <stdexcept>
#include <utility>

namespace hanport {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto connect_timeout = 10s;
constexpr auto result_timeout = 30s; // longer than paho takes to notice its own time-out
constexpr int most_buffered = 1000;  // messages handed over and not sent; paho refuses more
constexpr int most_in_flight = 32;   // QoS 1 messages sent and not acknowledged
constexpr auto disconnect_patience = 200ms;

// How an attempt to connect ended. Codes as paho has them: `code` above 0 is MQTT 3.1.1's, below 0
// its own; `reason` is MQTT 5's.
struct Result {
    bool connected = false;
    int code = 0;
    int reason = 0;
};

// Where the TCP connection or the TLS handshake failed, both are empty here: see diagnose().
std::string cause_of(const Result& result) {
    std::string text = text_of_reason(result.reason);
    return text.empty() ? text_of_return_code(result.code) : text;
}

mqtt::connect_options connect_options_of(const BrokerOptions& options, bool tls) {
    mqtt::connect_options connect;
    connect.set_mqtt_version(options.mqtt5 ? MQTTVERSION_5 : MQTTVERSION_3_1_1);
    if (options.mqtt5)
        connect.set_clean_start(true);
    else
        connect.set_clean_session(true);
    connect.set_keep_alive_interval(options.keep_alive);
    connect.set_connect_timeout(connect_timeout);
    connect.set_max_inflight(most_in_flight);
    connect.set_automatic_reconnect(false);
    if (!options.username.empty())
        connect.set_user_name(options.username);
    if (!options.password.empty())
        connect.set_password(options.password);
    if (!options.will.topic.empty())
        connect.set_will_message(mqtt::message(options.will.topic, options.will.payload,
                                               static_cast<int>(options.will.qos),
                                               options.will.retain == Retain::yes));
    if (!tls)
        return connect;
    mqtt::ssl_options ssl; // the system's authorities unless others are given
    if (!options.ca_file.empty())
        ssl.set_trust_store(options.ca_file);
    if (!options.certificate_file.empty())
        ssl.set_key_store(options.certificate_file);
    if (!options.key_file.empty())
        ssl.set_private_key(options.key_file);
    ssl.set_enable_server_cert_auth(!options.insecure);
    ssl.set_verify(!options.insecure); // the host name
    connect.set_ssl(ssl);
    return connect;
}

Message message_of(const mqtt::message& message) {
    return {.topic = message.get_topic(),
            .payload = message.get_payload_str(),
            .qos = message.get_qos() == 0 ? Qos::at_most_once : Qos::at_least_once,
            .retain = message.is_retained() ? Retain::yes : Retain::no};
}

// Calls a function with what became of an action; on paho's threads.
class Listener : public mqtt::iaction_listener {
  public:
    using Tell = std::function<void(const mqtt::token& action, bool success)>;
    explicit Listener(Tell tell) : tell_(std::move(tell)) {}
    void on_success(const mqtt::token& action) override { tell_(action, true); }
    void on_failure(const mqtt::token& action) override { tell_(action, false); }

  private:
    Tell tell_;
};

} // namespace

class Broker::Session : public std::enable_shared_from_this<Session> {
  public:
    Session(asio::any_io_executor executor, BrokerOptions options, BrokerEvents events)
        : executor_(std::move(executor)), options_(std::move(options)), events_(std::move(events)),
          timer_(executor_) {
        // Nobody need be interested in all of them.
        if (!events_.on_connected)
            events_.on_connected = [] {};
        if (!events_.on_disconnected)
            events_.on_disconnected = [](const std::string&) {};
        if (!events_.on_message)
            events_.on_message = [](const Message&) {};
        if (!events_.on_delivered)
            events_.on_delivered = [](std::uint64_t) {};
    }

    void start();
    void stop(std::chrono::milliseconds patience);
    [[nodiscard]] bool connected() const noexcept { return connected_; }
    bool publish(const Message& message, std::uint64_t id);
    /// Does something with the client while there is a connection; what fails then is lost with it.
    template <class Action>
    void act(const Action& action) {
        try {
            if (connected_)
                action(*client_);
        } catch (const mqtt::exception&) {
        }
    }

  private:
    struct InFlight {
        std::uint64_t id = 0;
        mqtt::delivery_token_ptr token;
    };

    /// Has a member function called on the executor, if the session is there by then.
    template <class... Arguments, class... Values>
    static void post_to(const std::weak_ptr<Session>& weak, const asio::any_io_executor& executor,
                        void (Session::*handler)(Arguments...), Values... values) {
        asio::post(executor, [weak, handler, ... held = std::move(values)]() mutable {
            if (const auto self = weak.lock(); self && !self->stopped_)
                (self.get()->*handler)(std::move(held)...);
        });
    }

    void make_client();
    asio::awaitable<void> run();
    asio::awaitable<std::string> attempt();
    asio::awaitable<void> wait(steady_clock::duration time);
    void on_result(Result result);
    void on_lost(std::string cause);
    void on_message(Message message);
    void on_delivery(std::uintptr_t key, bool success);

    asio::any_io_executor executor_;
    BrokerOptions options_;
    BrokerEvents events_;
    BrokerUrl url_;
    asio::steady_timer timer_; // cancelled when something has happened
    bool stopped_ = false;
    bool connected_ = false;
    std::optional<Result> result_;
    std::string lost_cause_;
    std::uintptr_t last_key_ = 0;
    std::map<std::uintptr_t, InFlight> in_flight_; // by keys that fit a pointer

    // The client is the last one: it calls the listeners until it is gone.
    std::unique_ptr<Listener> connect_listener_;
    std::unique_ptr<Listener> delivery_listener_;
    std::unique_ptr<mqtt::async_client> client_;
};

void Broker::Session::start() {
    auto url = parse_broker_url(options_.url);
    if (!url)
        throw std::runtime_error("broker address " + options_.url + ": " + url.error());
    url_ = std::move(*url);
    if (url_.tls)
        check_tls_files(options_);
    make_client();
    asio::co_spawn(executor_, [self = shared_from_this()] { return self->run(); }, asio::detached);
}

void Broker::Session::make_client() {
    mqtt::create_options create(options_.mqtt5 ? MQTTVERSION_5 : MQTTVERSION_3_1_1);
    create.set_max_buffered_messages(most_buffered);
    client_ = std::make_unique<mqtt::async_client>(
        (url_.tls ? "ssl://" : "tcp://") + host_and_port(url_), options_.client_id, create);
    const std::weak_ptr<Session> weak = weak_from_this();
    connect_listener_ = std::make_unique<Listener>(
        [weak, executor = executor_](const mqtt::token& action, bool success) {
            const Result result{success, action.get_return_code(),
                                static_cast<int>(action.get_reason_code())};
            post_to(weak, executor, &Session::on_result, result);
        });
    delivery_listener_ = std::make_unique<Listener>(
        [weak, executor = executor_](const mqtt::token& action, bool success) {
            const auto key = reinterpret_cast<std::uintptr_t>(action.get_user_context());
            post_to(weak, executor, &Session::on_delivery, key, success);
        });
    client_->set_connection_lost_handler([weak, executor = executor_](const std::string&) {
        post_to(weak, executor, &Session::on_lost, std::string());
    });
    client_->set_disconnected_handler(
        [weak, executor = executor_](const mqtt::properties&, mqtt::ReasonCode reason) {
            post_to(weak, executor, &Session::on_lost, text_of_reason(static_cast<int>(reason)));
        });
    client_->set_message_callback([weak, executor = executor_](const mqtt::const_message_ptr& m) {
        if (m)
            post_to(weak, executor, &Session::on_message, message_of(*m));
    });
}

asio::awaitable<void> Broker::Session::run() {
    const auto self = shared_from_this();
    co_await asio::post(executor_, asio::use_awaitable); // not from within start()
    Backoff backoff;
    std::string told; // a cause is told once, not at each attempt
    while (!stopped_) {
        std::string cause = co_await attempt();
        if (cause.empty() && !stopped_) {
            backoff.reset();
            told.clear();
            events_.on_connected();
            while (connected_ && !stopped_)
                co_await wait(steady_clock::duration::max());
            cause = lost_cause_.empty() ? "the connection was lost" : lost_cause_;
        }
        if (stopped_)
            break;
        if (cause != told) {
            told = cause;
            events_.on_disconnected(cause);
        }
        const auto again = steady_clock::now() + backoff.next();
        while (!stopped_ && steady_clock::now() < again)
            co_await wait(again - steady_clock::now());
    }
}

// Empty when connected, else what was in the way.
asio::awaitable<std::string> Broker::Session::attempt() {
    result_.reset();
    lost_cause_.clear();
    try {
        client_->connect(connect_options_of(options_, url_.tls), nullptr, *connect_listener_);
    } catch (const mqtt::exception& error) {
        co_return std::string("cannot connect: ") + error.what();
    }
    const auto deadline = steady_clock::now() + result_timeout;
    while (!stopped_ && !result_ && steady_clock::now() < deadline)
        co_await wait(deadline - steady_clock::now());
    if (stopped_ || (result_ && result_->connected))
        co_return "";
    std::string cause = result_ ? cause_of(*result_) : std::string();
    if (cause.empty())
        cause = co_await diagnose(url_, options_);
    if (cause.empty())
        cause = host_and_port(url_) + " does not answer as an MQTT broker" +
                (url_.tls ? "" : ": mqtts:// instead of mqtt://?");
    co_return cause;
}

// Until the time is over or something has happened.
asio::awaitable<void> Broker::Session::wait(steady_clock::duration time) {
    if (time == steady_clock::duration::max())
        timer_.expires_at(steady_clock::time_point::max());
    else
        timer_.expires_after(time);
    co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
}

void Broker::Session::on_result(Result result) {
    result_ = result;
    connected_ = result.connected;
    timer_.cancel();
}

void Broker::Session::on_lost(std::string cause) {
    if (!cause.empty())
        lost_cause_ = std::move(cause);
    connected_ = false;
    in_flight_.clear();
    timer_.cancel();
}

void Broker::Session::on_message(Message message) {
    if (connected_)
        events_.on_message(message);
}

void Broker::Session::on_delivery(std::uintptr_t key, bool success) {
    const auto sent = in_flight_.extract(key);
    if (success && sent && sent.mapped().id != 0)
        events_.on_delivered(sent.mapped().id);
}

bool Broker::Session::publish(const Message& message, std::uint64_t id) {
    if (!connected_)
        return false;
    const std::uintptr_t key = ++last_key_;
    try {
        auto token = client_->publish(
            mqtt::message::create(message.topic, message.payload.data(), message.payload.size(),
                                  static_cast<int>(message.qos), message.retain == Retain::yes),
            reinterpret_cast<void*>(key), *delivery_listener_);
        in_flight_.emplace(key, InFlight{id, std::move(token)});
    } catch (const mqtt::exception&) {
        return false; // lost, and not noticed yet; or too much is waiting
    }
    return true;
}

void Broker::Session::stop(std::chrono::milliseconds patience) {
    if (std::exchange(stopped_, true))
        return;
    const auto deadline = steady_clock::now() + patience;
    for (const auto& [key, sent] : in_flight_) {
        try {
            sent.token->wait_until(deadline);
        } catch (const mqtt::exception&) { // refused: no reason to wait
        }
    }
    act([&](mqtt::async_client& client) {
        client.disconnect(0)->wait_until(
            std::max(deadline, steady_clock::now() + disconnect_patience));
    });
    connected_ = false;
    in_flight_.clear();
    client_.reset();
    timer_.cancel();
}

Broker::Broker(asio::any_io_executor executor, BrokerOptions options, BrokerEvents events)
    : session_(
          std::make_shared<Session>(std::move(executor), std::move(options), std::move(events))) {}

Broker::~Broker() {
    session_->stop(0ms);
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
    session_->act(
        [&](mqtt::async_client& client) { client.subscribe(filter, static_cast<int>(qos)); });
}

void Broker::unsubscribe(const std::string& filter) {
    session_->act([&](mqtt::async_client& client) { client.unsubscribe(filter); });
}

void Broker::stop(std::chrono::milliseconds patience) {
    session_->stop(patience);
}

} // namespace hanport
