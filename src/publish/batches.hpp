// Collects readings of polled meters until their publishing interval is over, then returns one
// message. Input is readings and time; no I/O.
//
// The message is the newest reading in the form of any list. The readings before it since the last
// message are in "earlier": […], the oldest first. If it is published hourly or less often, it is
// kept on disk until the broker has acknowledged it, like hourly lists.
#pragma once

#include "base/instant.hpp"
#include "config/config.hpp"
#include "meter/meter.hpp"
#include "mqtt/message.hpp"
#include "publish/topics.hpp"
#include "store/hourly_store.hpp"

#include <map>
#include <optional>

namespace hanport::publish {

class Readouts {
  public:
    /// Readings with at least this publishing interval are kept on disk.
    static constexpr std::chrono::seconds lasting_interval{3600};

    explicit Readouts(Topics topics) : topics_(std::move(topics)) {}

    /// A message that is due for a meter.
    struct Due {
        std::string meter_id;
        mqtt::Message message;
        bool lasting = false;
        base::WallTime received; ///< of the newest reading
    };

    /// Adds a reading that the meter has already accepted. It is due at once if it is the first one
    /// or if the interval is over.
    [[nodiscard]] std::optional<Due> take(const config::PullConfig& config,
                                          const meter::Meter& meter, const han::list::List& list,
                                          base::Instant now);

    /// Messages that are overdue because the meter stopped answering.
    [[nodiscard]] std::vector<Due> overdue(base::SteadyTime now);

    /// The meter is gone: discards its waiting readings.
    void forget(const std::string& meter_id) { batches_.erase(meter_id); }

    /// All waiting messages, for the end of the program.
    [[nodiscard]] std::vector<Due> rest();

  private:
    struct Batch {
        config::PullConfig config;
        std::vector<mqtt::Message> waiting; // the oldest first
        base::WallTime newest{};
        std::optional<base::SteadyTime> published; // empty only while nothing waits
    };

    [[nodiscard]] static Due publish(const std::string& meter_id, Batch& batch,
                                     base::SteadyTime now);

    Topics topics_;
    std::map<std::string, Batch> batches_; // by meter id
};

/// The record for the disk: the message, and the registers in the list (all registers of the meter
/// if there is no list).
[[nodiscard]] store::HourlyRecord record_of(const mqtt::Message& message, const meter::Meter& meter,
                                            const han::list::List* list, base::WallTime received);

} // namespace hanport::publish
