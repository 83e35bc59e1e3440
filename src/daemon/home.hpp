// Analytics of all meters in the daemon: passes lists to the plausibility filter, stores counters
// on disk, and publishes the capacity charge and problems. The decisions are in src/home; files,
// log and topics are here.
#pragma once

#include "daemon/port_problems.hpp"
#include "meter/analytics.hpp"
#include "meter/meter.hpp"
#include "meter/port_diagnosis.hpp"
#include "mqtt/message.hpp"
#include "port/port.hpp"
#include "publish/topics.hpp"
#include "store/analytics_store.hpp"
#include "store/checkpoint.hpp"
#include "store/hourly_record.hpp"

#include <functional>
#include <map>
#include <set>

namespace hanport::daemon {

class Home {
  public:
    /// `publish` may be called from any member function, but not from the constructor.
    Home(const config::Config& config, const publish::Topics& topics,
         std::function<void(const mqtt::Message& message)> publish);

    /// Restores a meter from its hourly list of an earlier run and adds its live counters to its
    /// values. `port` is the port it was last heard on; null if that is not known.
    void restore(meter::Meter& meter, const config::PortConfig* port,
                 const store::HourlyRecord& hourly);

    /// A list without its implausible values, valid until the next call, and the kind it is
    /// published as.
    struct Judged {
        const han::list::List* list = nullptr;
        han::list::ListKind kind{};
    };
    /// Processes a list of a meter.
    [[nodiscard]] Judged judge(const port::Port& port, const std::string& meter_id,
                               const han::list::List& list, base::Instant now);

    /// Call this after the meter has taken the list: sets its live counters and publishes the
    /// results.
    void update(meter::Meter& meter, const han::list::List& list, base::Instant now);

    /// Why the broker refuses the lists of a meter, in words; empty once it accepts them again.
    void set_refused(const std::string& meter_id, const std::string& why);

    /// The meter is gone.
    void forget(const std::string& meter_id);

    /// The ports with these numbers are no longer configured.
    void withdraw_ports(std::vector<unsigned> numbers) {
        port_problems_.withdraw(std::move(numbers));
    }

    /// A new connection: publishes everything known again.
    void on_connected();

    /// Call this every few seconds: handles problems, corrections and files that are due to be
    /// written.
    void on_tick(base::Instant now, std::span<const std::unique_ptr<port::Port>> ports,
                 const std::map<std::string, meter::Meter>& meters);

    /// Call this at an orderly stop.
    void stop(base::WallTime now);

    /// Values dropped since the start, by reason.
    [[nodiscard]] std::map<std::string, std::uint64_t> dropped() const;
    /// The problem of a port.
    [[nodiscard]] meter::Cause cause(const port::Port& port) const;

  private:
    struct Known {
        store::HomeFile file;
        meter::HomeMeter meter;
        store::Checkpoint checkpoint;
        base::WallTime saved{}; // time at which the hourly file was written
        std::string device{};   // of the port it was last heard on; empty: unknown
        bool heard = false;     // in this run
        bool save_now = false;  // do not wait for the hour
        std::string refused{};  // why the broker refuses its lists; empty: it accepts them
        std::optional<meter::Cause> cause{}; // as published
        std::string detail{};                // of the problem, as published
        std::set<std::string> told{};        // implausible values that were logged
    };

    [[nodiscard]] Known& known(const std::string& meter_id, const config::PortConfig* port);
    void tell(const std::string& meter_id, Known& home, const meter::HomeMeter::Outcome& outcome,
              base::WallTime now);
    void publish_tariff(const std::string& meter_id, const Known& home, base::WallTime now) const;
    void publish_cause(const std::string& meter_id, Known& home, meter::Cause cause);
    void save_if_due(Known& home, base::WallTime now);

    const config::Config& config_;
    const publish::Topics& topics_;
    std::function<void(const mqtt::Message& message)> publish_;
    std::map<std::string, Known> homes_; // by meter id
    std::map<const port::Port*, meter::PortDiagnosis> diagnoses_;
    std::map<const port::Port*, meter::Cause> causes_;
    PortProblems port_problems_;
    han::list::List judged_;
};

} // namespace hanport::daemon
