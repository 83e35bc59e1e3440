// What came of a list of a meter, or of time that passed without one, and the interface of
// everything that makes something of it: MQTT, files, Home Assistant, the log.
#pragma once

#include "han/list/list.hpp"
#include "meter/analytics.hpp"
#include "meter/plausibility.hpp"
#include "meter/problem.hpp"
#include "meter/snapshot.hpp"

#include <string>
#include <vector>

namespace hanport::meter {

/// Intervals of a polled meter.
struct PollTimes {
    std::chrono::seconds interval{};         ///< between readouts
    std::chrono::seconds publish_interval{}; ///< between messages; at least `interval`
};

/// A violation, or a change that was accepted. Each one is reported once, until a change has been
/// accepted.
struct Report {
    enum class Event : std::uint8_t {
        dropped,
        warning, ///< a violation for which nothing is dropped
        accepted ///< the values were dropped until now; `reason` has no meaning
    };
    Event event{};
    ViolationKind reason{};
    std::string quantity; ///< empty for the list as a whole
    std::string numbers;  ///< "268948830 Wh, before 268951200 Wh"
};

struct ReportedProblem {
    Problem cause{};
    std::string detail{};  ///< more about it, in words; may be empty
    bool is_first = false; ///< no problem and no "ok" was reported before in this run
};

/// The capacity charge to publish.
struct ChargeView {
    const Tariff* tariff = nullptr; ///< never null
    TariffNow now{};
};

/// Plain data. References and pointers are valid until the meter's next list, `list` during the
/// call only.
struct Outcome {
    base::Instant now;
    const Snapshot& snapshot; ///< the meter, and its latest values without implausible ones
    /// Everything that the meter sent, implausible values too; null if only time has passed.
    const han::list::List* list = nullptr;
    han::list::ListKind kind{};        ///< under which the list is published
    std::optional<PollTimes> polled{}; ///< of a meter that is polled
    bool complete = false;             ///< all quantities of the meter are known
    bool online = false;
    bool fell_silent = false; ///< it was online at the outcome before
    bool is_last = false;     ///< of this run
    std::vector<Report> reports{};
    std::optional<ReportedProblem> problem{};      ///< if it has changed
    std::optional<ChargeView> charge{};            ///< if it is to be published
    std::optional<LiveCounters> counters{};        ///< for the checkpoint
    std::optional<AnalyticsState> state_to_save{}; ///< if it is due
};

class OutcomeSink {
  public:
    virtual ~OutcomeSink() = default;
    virtual void on_outcome(const Outcome& outcome) = 0;
    /// The meter is gone.
    virtual void forget(const std::string& /*meter_id*/) {}
};

} // namespace hanport::meter
