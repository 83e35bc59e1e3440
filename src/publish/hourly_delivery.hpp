// Delivers the hourly lists of the store to the broker: one at a time, each until the broker has
// acknowledged it, and in order within a topic. A topic whose list is not acknowledged is held for
// a while, longer each time; lists of other topics overtake it. Driven by events; its only I/O is
// that of the store.
#pragma once

#include "base/backoff.hpp"
#include "mqtt/message.hpp"
#include "store/hourly_store.hpp"

#include <functional>
#include <map>

namespace hanport::publish {

class HourlyDelivery {
  public:
    /// Sends a message with an id; returns false if there is no connection.
    using Send = std::function<bool(const mqtt::Message& message, std::uint64_t id)>;
    /// Why the broker refuses the lists of a meter, in words; empty once it accepts them again.
    using OnRefused = std::function<void(const std::string& meter_id, const std::string& why)>;

    HourlyDelivery(store::HourlyStore& store, Send send, OnRefused on_refused = {})
        : store_(store), send_(std::move(send)), tell_(std::move(on_refused)) {}

    /// A list was added to the store, or a connection was made: sends what is due.
    void send_next();

    /// A new connection: a list in flight on the old connection counts as not delivered, and
    /// refused topics are tried again. If three connections in a row were lost with a list of the
    /// same topic in flight, that topic is held: the list may be the reason why the broker ends
    /// them.
    void on_connected();

    /// The connection was lost or an attempt to connect failed; `why` in words.
    void on_disconnected(const std::string& cause);

    /// The broker has acknowledged the message with that id.
    void on_delivered(std::uint64_t id);

    /// The broker has refused the message with that id, by a reason code of PUBACK. The topic is
    /// held. If the reason is permanent, the list is set aside in the store.
    void on_refused(std::uint64_t id, std::uint8_t reason);

    /// Call this every minute. Holds a topic whose list has been in flight since the last call over
    /// a working connection.
    void on_minute(bool connected);

  private:
    struct InFlight {
        std::uint64_t number = 0;
        std::string topic;
        std::string meter_id;
    };
    // A topic whose last list was not acknowledged.
    struct Trouble {
        int losses = 0; // of the connection in a row, with a list in flight
        base::Backoff waits{std::chrono::minutes(1), std::chrono::minutes(10)};
        std::chrono::milliseconds left{}; // remaining time for which it is held
        bool until_connected = false;     // held only until the next connection
        std::string why;                  // as logged; empty: not yet logged
    };

    void hold(const InFlight& list, const std::string& why, bool until_connected);
    void tell(Trouble& trouble, const InFlight& list, const std::string& why, const char* what);

    store::HourlyStore& store_;
    Send send_;
    OnRefused tell_;
    std::optional<InFlight> in_flight_;
    std::uint64_t under_way_last_minute_ = 0; // 0: none
    std::map<std::string, Trouble> troubles_; // by topic
    bool connected_ = false;
    std::string lost_because_; // the last connection
};

} // namespace hanport::publish
