// QoS 1 messages on their way to the broker: a few that are sent and not acknowledged yet, and those
// that wait for them. No I/O: sending is a function, the time is passed in.
#pragma once

#include "base/instant.hpp"
#include "mqtt/message.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace hanport::mqtt {

/// Octets of the PUBLISH packet without properties (MQTT 5.0, 3.3).
[[nodiscard]] std::size_t packet_size(const Message& message);

class SendWindow {
  public:
    /// Limit of messages sent and not acknowledged. paho would stall for a second above the broker's
    /// limit; brokers allow 20 and more.
    static constexpr std::size_t most_unacknowledged = 16;
    static constexpr std::size_t most_waiting = 1000;

    struct Sent {
        std::string topic;
        std::uint64_t id = 0; ///< of the caller
        base::SteadyTime at;
    };

    /// Returns false if there is no connection. `key` identifies the message in settle(); it is
    /// never 0 and never used again.
    using Send = std::function<bool(const Message& message, std::uintptr_t key)>;
    explicit SendWindow(Send send) : send_(std::move(send)) {}

    /// Sends the message, or keeps it until others are acknowledged. Returns false if it could not
    /// be sent, or if `most_waiting` messages wait already.
    bool publish(const Message& message, std::uint64_t id, base::SteadyTime now);

    /// A message was acknowledged, refused or given up: removes it and sends those that wait.
    /// Returns nothing if the key is not that of an unacknowledged message.
    std::optional<Sent> settle(std::uintptr_t key, base::SteadyTime now);

    /// Forgets all messages: the connection is lost.
    void clear();

    /// Messages sent and not acknowledged.
    [[nodiscard]] std::size_t unacknowledged() const noexcept { return unacknowledged_.size(); }

    struct Oldest {
        std::uintptr_t key = 0;
        base::SteadyTime at; ///< when it was sent
    };
    /// The unacknowledged message that was sent first; empty if there is none.
    [[nodiscard]] std::optional<Oldest> oldest() const;

  private:
    struct Waiting {
        Message message;
        std::uint64_t id = 0;
    };

    bool send(const Message& message, std::uint64_t id, base::SteadyTime now);

    Send send_;
    std::uintptr_t last_key_ = 0; // keys pass through a pointer; ids may be longer
    std::map<std::uintptr_t, Sent> unacknowledged_; // the oldest first
    std::deque<Waiting> waiting_;                   // until those are acknowledged
};

} // namespace hanport::mqtt
