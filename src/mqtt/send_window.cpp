// The send window; see send_window.hpp.
#include "mqtt/send_window.hpp"

namespace hanport::mqtt {

std::size_t packet_size(const Message& message) {
    constexpr std::size_t id_and_properties = 3;
    std::size_t rest = 2 + message.topic.size() + message.payload.size() +
                       (message.qos == Qos::at_most_once ? 1 : id_and_properties);
    std::size_t size = rest + 1;
    do
        ++size;
    while ((rest >>= 7U) > 0);
    return size;
}

bool SendWindow::publish(const Message& message, std::uint64_t id, base::SteadyTime now) {
    if (unacknowledged_.size() < most_unacknowledged)
        return send(message, id, now);
    if (waiting_.size() >= most_waiting)
        return false;
    waiting_.push_back({message, id});
    return true;
}

bool SendWindow::send(const Message& message, std::uint64_t id, base::SteadyTime now) {
    const std::uintptr_t key = ++last_key_;
    if (!send_(message, key))
        return false;
    unacknowledged_.emplace(key, Sent{message.topic, id, now});
    return true;
}

std::optional<SendWindow::Sent> SendWindow::settle(std::uintptr_t key, base::SteadyTime now) {
    auto sent = unacknowledged_.extract(key);
    if (!sent)
        return std::nullopt;
    while (unacknowledged_.size() < most_unacknowledged && !waiting_.empty()) {
        const Waiting next = std::move(waiting_.front());
        waiting_.pop_front();
        if (!send(next.message, next.id, now))
            break; // connection lost
    }
    return std::move(sent.mapped());
}

void SendWindow::clear() {
    unacknowledged_.clear();
    waiting_.clear();
}

std::optional<SendWindow::Oldest> SendWindow::oldest() const {
    if (unacknowledged_.empty())
        return std::nullopt;
    const auto& [key, sent] = *unacknowledged_.begin();
    return Oldest{key, sent.at};
}

} // namespace hanport::mqtt
