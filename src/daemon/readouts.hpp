// Readouts on their way to the broker: collected until their meter's publishing interval is over,
// then one message. Told readouts and time; no I/O.
//
// The message is the newest readout as any other list, with those before it since the last message
// in "earlier": […], the oldest first. Published hourly or rarer, it is kept on disk until the broker
// has it, as hourly lists are.
#pragma once

#include "daemon/config.hpp"
#include "daemon/hourly_store.hpp"
#include "daemon/meter.hpp"
#include "mqtt/message.hpp"
#include "mqtt/topics.hpp"

#include <map>
#include <optional>

#include "home/instant.hpp"

namespace hanport {

class Readouts {
  public:
    /// Those published as rarely as this are kept on disk.
    static constexpr std::chrono::seconds lasting_interval{3600};

    explicit Readouts(Topics topics) : topics_(std::move(topics)) {}

    /// What is due to be published of a meter.
    struct Due {
        std::string meter_id;
        Message message;
        bool lasting = false;
        WallTime received; ///< of the newest readout
    };

    /// Takes in a readout, which the meter has taken already. It is due at once where it is the
    /// first one, or the interval is over.
    [[nodiscard]] std::optional<Due> take(const PullConfig& config, const Meter& meter,
                                          const han::list::List& list, Instant now);

    /// What has waited longer than it should because the meter fell silent.
    [[nodiscard]] std::vector<Due> overdue(SteadyTime now);

    /// The meter is gone, and what waits of it.
    void forget(const std::string& meter_id) { batches_.erase(meter_id); }

    /// All that waits: the end has come.
    [[nodiscard]] std::vector<Due> rest();

  private:
    struct Batch {
        PullConfig config;
        std::vector<Message> waiting; // the oldest first
        WallTime newest{};
        std::optional<SteadyTime> published; // none only while nothing waits
    };

    [[nodiscard]] static Due publish(const std::string& meter_id, Batch& batch, SteadyTime now);

    Topics topics_;
    std::map<std::string, Batch> batches_; // by meter id
};

/// What is kept on disk: the message, and of the meter the registers that are in the list (all where
/// there is none).
[[nodiscard]] HourlyRecord record_of(const Message& message, const Meter& meter,
                                     const han::list::List* list, WallTime received);

} // namespace hanport
