// Decides when discovery is published; see discovery_publisher.hpp. What is sent is decided in
// discovery_plan.
#include "homeassistant/discovery_publisher.hpp"

#include <spdlog/spdlog.h>

#include <random>

namespace hanport::homeassistant {
namespace {

using namespace std::chrono_literals;

// Retained messages arrive right after the subscription.
constexpr auto time_to_answer = 1s;

// Limit for a meter's messages at the broker; both styles together have some 40 topics of 1 kB.
constexpr std::size_t most_found = 300;
constexpr std::size_t most_found_octets = 1'000'000;

// All devices are queried at once when Home Assistant starts; they should not all answer at once.
constexpr auto least_birth_delay = 1s;
constexpr auto most_birth_delay = 4s;

std::chrono::milliseconds birth_delay() {
    static std::minstd_rand random(std::random_device{}());
    std::uniform_int_distribution<std::int64_t> delay(
        std::chrono::milliseconds(least_birth_delay).count(),
        std::chrono::milliseconds(most_birth_delay).count());
    return std::chrono::milliseconds(delay(random));
}

std::set<std::string> names_of(const meter::Snapshot& snapshot) {
    std::set<std::string> names;
    for (const auto& [name, value] : snapshot.values)
        if (meter::is_measured(snapshot, name))
            names.insert(name);
    return names;
}

} // namespace

DiscoveryPublisher::DiscoveryPublisher(boost::asio::any_io_executor executor,
                                       publish::Topics topics, DiscoveryOptions options,
                                       config::DiscoveryStyle style, publish::Publisher& publisher,
                                       std::function<void()> on_birth)
    : executor_(std::move(executor)), topics_(std::move(topics)), options_(std::move(options)),
      style_(style), publisher_(publisher), on_birth_(std::move(on_birth)) {}

void DiscoveryPublisher::on_connected() {
    ++connection_;
    publisher_.subscribe(topics_.home_assistant_status());
    for (auto& [id, announcement] : meters_) {
        announcement.asked = false;
        announcement.known = false;
        announcement.situation.found.clear();
        ask(id);
    }
}

void DiscoveryPublisher::update(const meter::Snapshot& snapshot, bool complete) {
    Announcement& announcement = meters_[snapshot.meter_id];
    auto names = names_of(snapshot);
    const bool is_new = names != announcement.names || complete != announcement.situation.complete;
    announcement.snapshot = snapshot;
    announcement.names = std::move(names);
    announcement.situation.style = style_;
    announcement.situation.complete = complete;
    announcement.leaving = false;
    if (!announcement.asked)
        ask(snapshot.meter_id);
    else if (is_new && announcement.known)
        announce(announcement);
}

void DiscoveryPublisher::withdraw(const std::string& meter_id) {
    Announcement& announcement = meters_[meter_id];
    announcement.snapshot.meter_id = meter_id;
    announcement.situation.style = config::DiscoveryStyle::off;
    announcement.names.clear();
    announcement.leaving = true;
    if (announcement.known)
        on_answer(meter_id);
    else if (!announcement.asked)
        ask(meter_id);
}

// The meter's retained discovery configuration, in both styles.
void DiscoveryPublisher::ask(const std::string& meter_id) {
    if (!publisher_.connected())
        return;
    meters_[meter_id].asked = true;
    publisher_.subscribe(topics_.device_config(meter_id));
    publisher_.subscribe(topics_.single_configs(meter_id));
    after(time_to_answer, [this, meter_id, connection = connection_] {
        if (connection != connection_ || !publisher_.connected())
            return;
        publisher_.unsubscribe(topics_.device_config(meter_id));
        publisher_.unsubscribe(topics_.single_configs(meter_id));
        on_answer(meter_id);
    });
}

void DiscoveryPublisher::on_answer(const std::string& meter_id) {
    Announcement& announcement = meters_[meter_id];
    announcement.known = true;
    announce(announcement);
    if (announcement.leaving)
        meters_.erase(meter_id);
}

void DiscoveryPublisher::announce(Announcement& announcement) {
    auto& found = announcement.situation.found;
    for (const mqtt::Message& message :
         discovery_plan(topics_, announcement.snapshot, options_, announcement.situation)) {
        (void)publisher_.publish(message, 0);
        if (message.retain == mqtt::Retain::no)
            continue;
        if (message.payload.empty())
            found.erase(message.topic);
        else
            found[message.topic] = message.payload;
    }
    spdlog::debug("meter {} announced with {} values", announcement.snapshot.meter_id,
                  announcement.names.size());
}

void DiscoveryPublisher::announce_all() {
    for (auto& [id, announcement] : meters_)
        if (announcement.known)
            announce(announcement);
}

void DiscoveryPublisher::on_message(const mqtt::Message& message) {
    if (message.topic == topics_.home_assistant_status()) {
        if (message.payload == publish::online)
            after(birth_delay(), [this] {
                announce_all();
                on_birth_();
            });
        return;
    }
    if (message.payload.empty() || message.payload.size() > mqtt::largest_message)
        return;
    for (auto& [id, announcement] : meters_)
        if (!announcement.known &&
            message.topic.find('/' + publish::Topics::device_id(id) + '/') != std::string::npos)
            keep(announcement, message);
}

// The broker may hold any number of topics of any size.
void DiscoveryPublisher::keep(Announcement& announcement, const mqtt::Message& message) {
    auto& found = announcement.situation.found;
    std::size_t held = message.payload.size();
    for (const auto& [topic, payload] : found)
        held += payload.size();
    if (found.size() < most_found && held <= most_found_octets)
        found[message.topic] = message.payload;
}

void DiscoveryPublisher::after(std::chrono::milliseconds delay, std::function<void()> action) {
    auto timer = std::make_shared<boost::asio::steady_timer>(executor_, delay);
    timer->async_wait([timer, action = std::move(action)](const boost::system::error_code& error) {
        if (error)
            return;
        try {
            action();
        } catch (const std::exception& failure) {
            spdlog::error("announcing meters: {}", failure.what());
        }
    });
}

} // namespace hanport::homeassistant
