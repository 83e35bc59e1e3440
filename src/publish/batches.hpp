// Collects readings of polled meters until their publishing interval is over, then returns one
// message. Input is readings and time; no I/O.
//
// The message is the newest reading in the form of any list. The readings before it since the last
// message are in "earlier": […], the oldest first. If it is published hourly or less often, it is
// kept on disk until the broker has acknowledged it, like hourly lists.
#pragma once

#include "meter/outcome.hpp"
#include "mqtt/message.hpp"
#include "publish/topics.hpp"
#include "store/hourly_store.hpp"

#include <map>
#include <optional>

namespace hanport::publish {

class ReadingBatcher {
  public:
    /// Readings with at least this publishing interval are kept on disk.
    static constexpr std::chrono::seconds lasting_interval{3600};

    explicit ReadingBatcher(Topics topics) : topics_(std::move(topics)) {}

    /// A message that is due for a meter.
    struct Due {
        mqtt::Message message;
        bool persistent = false;
        base::WallTime received; ///< of the newest reading
    };

    /// Adds the reading of an outcome, if it has one. The message is due at once with the first
    /// reading and when the interval is over, later if the meter has stopped answering, and with
    /// the last outcome.
    [[nodiscard]] std::optional<Due> take(const meter::Outcome& outcome);

    /// The meter is gone: discards its waiting readings.
    void forget(const std::string& meter_id) { batches_.erase(meter_id); }

  private:
    struct Batch {
        meter::PollTimes times;
        std::vector<mqtt::Message> waiting; // the oldest first
        base::WallTime newest{};
        std::optional<base::SteadyTime> published; // empty only while nothing waits
    };

    [[nodiscard]] std::optional<Due> add(const meter::Outcome& outcome);
    [[nodiscard]] static Due publish(Batch& batch, base::SteadyTime now);

    Topics topics_;
    std::map<std::string, Batch> batches_; // by meter id
};

/// The record for the disk: the message, and the registers in the list (all registers of the meter
/// if there is no list).
[[nodiscard]] store::HourlyRecord record_of(const mqtt::Message& message,
                                            const meter::Snapshot& meter,
                                            const han::list::List* list, base::WallTime received);

} // namespace hanport::publish
