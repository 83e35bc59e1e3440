// The homes of all meters in the daemon: lists go through the guards, what was counted is kept on
// disk, and what is known of capacity charge and problems becomes messages. The decisions are in
// src/home; here are files, log and topics.
#pragma once

#include "daemon/checkpoint.hpp"
#include "daemon/home_file.hpp"
#include "daemon/hourly_record.hpp"
#include "daemon/meter.hpp"
#include "daemon/port.hpp"
#include "daemon/port_problems.hpp"
#include "mqtt/message.hpp"
#include "mqtt/topics.hpp"

#include <functional>
#include <map>
#include <set>

#include "home/home_meter.hpp"
#include "home/port_diagnosis.hpp"

namespace hanport {

class Home {
  public:
    /// `publish` may be called from any member but the constructor.
    Home(const Config& config, const Topics& topics,
         std::function<void(const Message& message)> publish);

    /// A meter whose registers are known from an earlier run by that hourly list: its live counters
    /// go into its values. `port` is where it was heard last; null if that is not known.
    void restore(Meter& meter, const PortConfig* port, const HourlyRecord& hourly);

    /// A list without what is dropped, valid until the next call, and what it is published as.
    struct Judged {
        const han::list::List* list = nullptr;
        han::list::ListKind kind{};
    };
    /// A list of a meter.
    [[nodiscard]] Judged judge(const Port& port, const std::string& meter_id,
                               const han::list::List& list, Instant now);

    /// The meter has taken that list: its live counters are set, what follows is published.
    void update(Meter& meter, const han::list::List& list, Instant now);

    /// Why the broker does not take the lists of a meter, in words; empty when it does again.
    void set_refused(const std::string& meter_id, const std::string& why);

    /// The meter is gone.
    void forget(const std::string& meter_id);

    /// The ports that had these numbers are no longer configured.
    void withdraw_ports(std::vector<unsigned> numbers) {
        port_problems_.withdraw(std::move(numbers));
    }

    /// A new connection: everything known is published anew.
    void on_connected();

    /// To be called every few seconds: problems, corrections, what is due to be kept.
    void on_tick(Instant now, std::span<const std::unique_ptr<Port>> ports,
                 const std::map<std::string, Meter>& meters);

    /// The orderly end.
    void stop(WallTime now);

    /// Values dropped since the start, by reason.
    [[nodiscard]] std::map<std::string, std::uint64_t> dropped() const;
    /// What is wrong with a port.
    [[nodiscard]] Cause cause(const Port& port) const;

  private:
    struct Known {
        HomeFile file;
        HomeMeter meter;
        Checkpoint checkpoint;
        WallTime saved{};             // when the hourly file was written
        std::string device{};         // of the port that it was heard on last; empty: unknown
        bool heard = false;           // in this run
        std::string refused{};        // why the broker does not take its lists; empty: it does
        std::optional<Cause> cause{}; // as published
        std::string detail{};         // of the cause, as published
        std::set<std::string> told{}; // doubts that were logged
    };

    [[nodiscard]] Known& known(const std::string& meter_id, const PortConfig* port);
    void tell(const std::string& meter_id, Known& home, const HomeMeter::Outcome& outcome,
              WallTime now);
    void publish_tariff(const std::string& meter_id, const Known& home, WallTime now) const;
    void publish_cause(const std::string& meter_id, Known& home, Cause cause);
    void save_if_due(Known& home, WallTime now);

    const Config& config_;
    const Topics& topics_;
    std::function<void(const Message& message)> publish_;
    std::map<std::string, Known> homes_; // by meter id
    std::map<const Port*, PortDiagnosis> diagnoses_;
    std::map<const Port*, Cause> causes_;
    PortProblems port_problems_;
    han::list::List judged_;
};

} // namespace hanport
