// Brings the hourly lists of the store to the broker: one at a time, each until the broker has taken
// it over, and of a topic in order. A topic whose list the broker does not take is held for a while,
// longer each time, and lists of other topics overtake it. Told what happens, it does no I/O but
// the store's.
#pragma once

#include "daemon/backoff.hpp"
#include "daemon/hourly_store.hpp"
#include "mqtt/message.hpp"

#include <functional>
#include <map>

namespace hanport {

class HourlyDelivery {
  public:
    /// Sends a message under an id; false where there is no connection.
    using Send = std::function<bool(const Message& message, std::uint64_t id)>;
    /// Why the broker does not take the lists of a meter, in words; empty when it does again.
    using OnRefused = std::function<void(const std::string& meter_id, const std::string& why)>;

    HourlyDelivery(HourlyStore& store, Send send, OnRefused on_refused = {})
        : store_(store), send_(std::move(send)), tell_(std::move(on_refused)) {}

    /// A list was put into the store, or a connection was made: what is due goes out.
    void pump();

    /// A new connection: what was under way on the old one counts as not delivered, and topics that
    /// were refused are tried again. A topic whose list was under way when three connections in a
    /// row were lost is held: the broker may end them because of it.
    void on_connected();

    /// The connection was lost, or another attempt to connect failed; why, in words.
    void on_disconnected(const std::string& cause);

    /// The broker has taken over the message of that id.
    void on_delivered(std::uint64_t id);

    /// The broker has refused the message of that id, by a reason code of PUBACK. Its topic is held;
    /// where the reason is final the list is set aside in the store.
    void on_refused(std::uint64_t id, std::uint8_t reason);

    /// To be called every minute. A topic whose list has been under way since the last call, on a
    /// connection that is there, is held.
    void on_minute(bool connected);

  private:
    struct UnderWay {
        std::uint64_t number = 0;
        std::string topic;
        std::string meter_id;
    };
    // A topic of which the last list was not taken.
    struct Trouble {
        int losses = 0; // of the connection in a row, with a list under way
        Backoff waits{std::chrono::minutes(1), std::chrono::minutes(10)};
        std::chrono::milliseconds left{}; // of the time that it is held
        bool until_connected = false;     // held no longer than that
        std::string why;                  // as logged; empty: not yet
    };

    void hold(const UnderWay& list, const std::string& why, bool until_connected);
    void tell(Trouble& trouble, const UnderWay& list, const std::string& why, const char* what);

    HourlyStore& store_;
    Send send_;
    OnRefused tell_;
    std::optional<UnderWay> under_way_;
    std::uint64_t under_way_last_minute_ = 0; // 0: nothing
    std::map<std::string, Trouble> troubles_; // by topic
    bool connected_ = false;
    std::string lost_because_; // the last connection
};

} // namespace hanport
