// Brings the hourly lists of the store to the broker: in order, one at a time, each until the
// broker has taken it over. Told what happens, it does no I/O but the store's.
#pragma once

#include "daemon/hourly_store.hpp"
#include "mqtt/message.hpp"

#include <functional>

namespace hanport {

class HourlyDelivery {
  public:
    /// Sends a message under an id; false where there is no connection.
    using Send = std::function<bool(const Message& message, std::uint64_t id)>;

    HourlyDelivery(HourlyStore& store, Send send) : store_(store), send_(std::move(send)) {}

    /// A list was put into the store, or a connection was made: what is due goes out.
    void pump();

    /// A new connection: what was under way on the old one counts as not delivered.
    void on_connected();

    /// The broker has taken over the message of that id.
    void on_delivered(std::uint64_t id);

    /// To be called every minute: what has been under way since the last call was refused or forgotten by the broker
    /// and is sent again.
    void on_minute();

  private:
    HourlyStore& store_;
    Send send_;
    std::uint64_t under_way_ = 0; // 0: nothing
    std::uint64_t under_way_last_minute_ = 0;
};

} // namespace hanport
