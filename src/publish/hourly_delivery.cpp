// Selects the hourly list to send next; see hourly_delivery.hpp.
#include "publish/hourly_delivery.hpp"

#include "mqtt/reasons.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace hanport::publish {
namespace {

using namespace std::chrono_literals;

constexpr int most_losses = 3;

constexpr const char* is_held =
    "its lists are kept and sent again later, and those of other topics overtake them";
constexpr const char* is_rejected =
    "such lists are set aside in the outbox as *.rejected, of which the newest 100 are kept";

} // namespace

void HourlyDelivery::send_next() {
    if (in_flight_)
        return;
    const auto waiting = store_.front([this](const std::string& topic) {
        const auto trouble = troubles_.find(topic);
        return trouble != troubles_.end() && trouble->second.left > 0ms;
    });
    if (!waiting)
        return;
    const store::HourlyRecord& record = waiting->record;
    const mqtt::Message message{.topic = record.topic,
                                .payload = record.payload,
                                .qos = mqtt::Qos::at_least_once,
                                .retain = mqtt::Retain::yes};
    // Set before sending: delivery may be reported from inside the call.
    in_flight_ = InFlight{waiting->number, record.topic, record.meter.meter_id};
    if (!send_(message, waiting->number))
        in_flight_.reset();
}

void HourlyDelivery::on_disconnected(const std::string& cause) {
    if (std::exchange(connected_, false))
        lost_because_ = cause;
}

void HourlyDelivery::on_connected() {
    connected_ = true;
    for (auto& [topic, trouble] : troubles_)
        if (std::exchange(trouble.until_connected, false))
            trouble.left = 0ms;
    if (const auto list = std::exchange(in_flight_, std::nullopt);
        list && ++troubles_[list->topic].losses >= most_losses)
        hold(*list,
             "the connection ends whenever one is sent" +
                 (lost_because_.empty() ? "" : ": " + lost_because_),
             false);
    send_next();
}

void HourlyDelivery::on_delivered(std::uint64_t id) {
    if (!in_flight_ || id != in_flight_->number)
        return;
    const InFlight list = *std::exchange(in_flight_, std::nullopt);
    store_.delivered(id);
    if (const auto trouble = troubles_.extract(list.topic);
        trouble && !trouble.mapped().why.empty()) {
        spdlog::info("the broker takes {} again", list.topic);
        if (tell_)
            tell_(list.meter_id, {});
    }
    send_next();
}

void HourlyDelivery::on_refused(std::uint64_t id, std::uint8_t reason) {
    if (!in_flight_ || id != in_flight_->number)
        return;
    const InFlight list = *std::exchange(in_flight_, std::nullopt);
    const std::string why = mqtt::text_of_refusal(reason);
    if (mqtt::is_final_refusal(reason)) {
        store_.reject(id);
        tell(troubles_[list.topic], list, why, is_rejected);
    } else
        hold(list, why, true);
    send_next();
}

void HourlyDelivery::on_minute(bool connected) {
    for (auto& [topic, trouble] : troubles_)
        trouble.left = std::max<std::chrono::milliseconds>(trouble.left - 1min, 0ms);
    if (connected && in_flight_ && in_flight_->number == under_way_last_minute_)
        hold(*std::exchange(in_flight_, std::nullopt),
             "the broker did not acknowledge one within a minute", true);
    send_next(); // also lists that could not be read before
    under_way_last_minute_ = in_flight_ ? in_flight_->number : 0;
}

void HourlyDelivery::hold(const InFlight& list, const std::string& why, bool until_connected) {
    Trouble& trouble = troubles_[list.topic];
    trouble.left = trouble.waits.next();
    trouble.until_connected = until_connected;
    tell(trouble, list, why, is_held);
}

// Logged once per topic and reason.
void HourlyDelivery::tell(Trouble& trouble, const InFlight& list, const std::string& why,
                          const char* what) {
    if (trouble.why == why)
        return;
    trouble.why = why;
    spdlog::warn("the broker does not take {}: {}; {}", list.topic, why, what);
    if (tell_)
        tell_(list.meter_id, why);
}

} // namespace hanport::publish
