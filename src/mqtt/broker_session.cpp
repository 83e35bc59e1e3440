// The broker's connection, kept up; see broker_session.hpp.
#include "mqtt/broker_session.hpp"

#include "base/backoff.hpp"
#include "mqtt/connection_diagnosis.hpp"
#include "mqtt/reasons.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <stdexcept>
#include <utility>

namespace hanport::mqtt {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto result_timeout = 30s; // longer than paho's own time-out
// A connection that lasted this long counts as working, even if nothing was delivered.
constexpr auto lasting = 60s;
// The cause of a failed attempt is looked for with connections of their own, so rarely.
constexpr auto diagnosis_interval = 60s;
// If a broker that answers has not acknowledged a message by then, it has refused it silently.
constexpr auto forgotten = 50s;
constexpr auto disconnect_timeout = 200ms;
constexpr std::size_t most_refusals_told = 1000; // topics with reasons, in the log

} // namespace

Broker::Session::Session(asio::any_io_executor executor, BrokerOptions options, BrokerEvents events)
    : executor_(std::move(executor)), options_(std::move(options)), events_(std::move(events)),
      timer_(executor_), window_([this](const Message& message, std::uintptr_t key) {
          return link_->publish(message, key);
      }) {}

// The callbacks' exceptions must not end the program, nor the coroutine that keeps the connection
// up.
template <class Event, class... Values>
void Broker::Session::tell(const Event& event, const Values&... values) {
    if (!event)
        return; // callbacks may be empty
    try {
        event(values...);
    } catch (const std::exception& error) {
        if (events_.on_warning)
            events_.on_warning(std::string("handling what the broker sent: ") + error.what());
    }
}

void Broker::Session::start() {
    auto url = parse_broker_url(options_.url);
    if (!url)
        throw std::runtime_error("broker address " + options_.url + ": " + url.error());
    url_ = std::move(*url);
    if (url_.tls)
        check_tls_files(options_);
    make_link();
    // An exception that escapes ends the program with its message, because nothing would reconnect
    // any more.
    asio::co_spawn(executor_, run(shared_from_this()), [](const std::exception_ptr& escaped) {
        if (escaped)
            std::rethrow_exception(escaped);
    });
}

void Broker::Session::make_link() {
    link_ = std::make_unique<PahoLink>(
        executor_, options_, url_,
        LinkEvents{
            .on_result =
                [this](bool connected, std::string cause, BrokerLimits limits) {
                    answered_ = true;
                    granted_ = connected;
                    limits_ = limits;
                    cause_ = std::move(cause);
                    timer_.cancel();
                },
            .on_answer = [this] { answered(); },
            .on_subscription_refused =
                [this](const std::string& filter, std::uint8_t reason) {
                    refuse("the subscription to " + filter, 0, reason);
                },
            .on_lost = [this](std::string cause) { lose(std::move(cause)); },
            .on_message = [this](const Message& message) { tell(events_.on_message, message); },
            .on_too_large =
                [this](const std::string& topic, std::size_t size) {
                    if (too_large_told_)
                        return;
                    too_large_told_ = true;
                    tell(events_.on_warning, "a message of " + std::to_string(size) +
                                                 " octets at the topic " + topic +
                                                 " is not taken; from now on this is not logged");
                },
            .on_delivery =
                [this](std::uintptr_t key, bool success, std::uint8_t reason) {
                    answered();
                    settle(key, success, reason);
                }});
}

// Static, so that the session is kept alive even before the coroutine has begun.
asio::awaitable<void> Broker::Session::run(std::shared_ptr<Session> self) {
    co_await asio::post(self->executor_, asio::use_awaitable); // not from inside start()
    co_await self->keep_connected();
}

asio::awaitable<void> Broker::Session::keep_connected() {
    base::Backoff delay(options_.first_retry, options_.slowest_retry);
    std::set<std::string> told; // each cause is logged once, not at each attempt
    while (!stopped_) {
        std::string cause = co_await attempt();
        if (cause.empty() && !stopped_) {
            const auto since = steady_clock::now();
            tell(events_.on_connected);
            co_await while_connected();
            // Being accepted is not enough: a broker that accepts connections and then drops them
            // would be contacted every second.
            if (useful_ || steady_clock::now() - since >= lasting) {
                delay.reset();
                told.clear();
                diagnosed_.reset();
            }
            cause = cause_.empty() ? "the connection was lost" : cause_;
        }
        if (stopped_)
            break;
        if (told.insert(cause).second)
            tell(events_.on_disconnected, cause);
        const auto again = steady_clock::now() + delay.next();
        while (!stopped_ && steady_clock::now() < again)
            co_await wait_until(again);
    }
}

asio::awaitable<void> Broker::Session::while_connected() {
    accepted_ = true;
    useful_ = false;
    std::chrono::milliseconds period{};
    if (limits_.keep_alive < options_.keep_alive)
        period = std::chrono::milliseconds(limits_.keep_alive) / 2;
    watch_.begin(steady_clock::now(), period);
    while (connected_ && !stopped_)
        if (const auto next = look_after(); connected_)
            co_await wait_until(next);
}

// Handles what is due; returns the time of the next check.
steady_clock::time_point Broker::Session::look_after() {
    const auto now = steady_clock::now();
    if (watch_.given_up(now)) {
        give_up();
        return now;
    }
    auto oldest = window_.oldest();
    for (; oldest && now >= oldest->at + forgotten; oldest = window_.oldest())
        settle(oldest->key, false);
    const auto [probe, next] = watch_.check(now, oldest ? std::optional(oldest->at) : std::nullopt);
    if (probe)
        link_->probe();
    return next;
}

void Broker::Session::answered() {
    watch_.answered(steady_clock::now());
    timer_.cancel();
}

// Creates a new link: paho may hold on to a connection without any traffic.
void Broker::Session::give_up() {
    link_->disconnect(steady_clock::now());
    make_link();
    lose("the broker does not answer any more");
}

// Empty if connected or stopped; otherwise the cause.
asio::awaitable<std::string> Broker::Session::attempt() {
    answered_ = granted_ = false;
    cause_.clear();
    try {
        link_->connect();
    } catch (const std::runtime_error& error) {
        co_return std::string("cannot connect: ") + error.what();
    }
    const auto deadline = steady_clock::now() + result_timeout;
    while (!stopped_ && !answered_ && steady_clock::now() < deadline)
        co_await wait_until(deadline);
    // From here to on_connected nothing else runs: what is published before on_connected would be
    // taken for a message of the connection before, and sent twice.
    connected_ = granted_ && !stopped_;
    if (stopped_ || connected_)
        co_return "";
    if (!cause_.empty())
        co_return cause_;
    if (!diagnosed_ || steady_clock::now() - *diagnosed_ >= diagnosis_interval) {
        diagnosis_ = co_await diagnose(url_, options_);
        diagnosed_ = steady_clock::now();
    }
    if (!diagnosis_.empty())
        co_return diagnosis_;
    co_return host_and_port(url_) + " does not answer as an MQTT broker" +
        (url_.tls || accepted_ ? "" : ": mqtts:// instead of mqtt://?");
}

// Ends early on any event.
asio::awaitable<void> Broker::Session::wait_until(steady_clock::time_point deadline) {
    timer_.expires_at(deadline);
    co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
}

void Broker::Session::lose(std::string cause) {
    if (!cause.empty())
        cause_ = std::move(cause);
    connected_ = granted_ = false;
    window_.clear();
    timer_.cancel();
}

bool Broker::Session::publish(const Message& message, std::uint64_t id) {
    if (!connected_)
        return false;
    if (limits_.largest_packet > 0 && packet_size(message) > limits_.largest_packet) {
        asio::post(executor_, [self = shared_from_this(), topic = message.topic, id] {
            self->refuse(topic, id, packet_too_large);
        });
        return true;
    }
    if (message.qos == Qos::at_most_once)
        return link_->publish(message, 0);
    if (!window_.publish(message, id, steady_clock::now()))
        return false;
    if (window_.unacknowledged() == 1)
        timer_.cancel(); // an answer is now awaited
    return true;
}

// A message was acknowledged or refused.
void Broker::Session::settle(std::uintptr_t key, bool success, std::uint8_t reason) {
    const auto sent = window_.settle(key, steady_clock::now());
    if (!sent)
        return;
    useful_ = useful_ || success;
    if (success && sent->id != 0 && !stopped_)
        tell(events_.on_delivered, sent->id);
    if (reason != 0)
        refuse(sent->topic, sent->id, reason);
}

void Broker::Session::refuse(const std::string& what, std::uint64_t id, std::uint8_t reason) {
    if (stopped_)
        return;
    if (id != 0) {
        tell(events_.on_refused, id, reason);
        return;
    }
    const std::string text = "the broker refuses " + what + ": " + text_of_refusal(reason);
    if (refusals_told_.size() < most_refusals_told && refusals_told_.insert(text).second)
        tell(events_.on_warning, text + "; from now on this is not logged");
}

void Broker::Session::stop(std::chrono::milliseconds timeout) {
    if (std::exchange(stopped_, true) || link_ == nullptr)
        return;
    auto deadline = steady_clock::now() + timeout;
    if (connected_) {
        for (auto oldest = window_.oldest(); oldest && link_->wait_for(oldest->key, deadline);
             oldest = window_.oldest())
            settle(oldest->key, true);
        link_->wait_for_untold(deadline);
        deadline = std::max(deadline, steady_clock::now() + disconnect_timeout);
        link_->disconnect(deadline);
    }
    lose({});
    link_.reset();
}

} // namespace hanport::mqtt
