// State of one meter in the daemon: its latest values, and whether it is online. Input is lists and
// time; no I/O.
#pragma once

#include "han/list/list.hpp"
#include "meter/snapshot.hpp"

#include <optional>

namespace hanport::meter {

class Meter {
  public:
    using Time = std::chrono::steady_clock::time_point;

    /// A meter is online while its last intact list is younger than this: five missed lists of a
    /// Kamstrup meter.
    static constexpr std::chrono::seconds online_lifetime{60};

    explicit Meter(std::string meter_id) { snapshot_.meter_id = std::move(meter_id); }

    /// Restores the registers from before a restart.
    void restore(const Snapshot& registers) { snapshot_ = registers; }

    /// Processes a list of this meter, which is published as `kind`: if registers arrive every 10 s
    /// (Sweden, Denmark), most lists with registers are live ones.
    void take(const han::list::List& list, han::list::ListKind kind, Time now);

    /// Sets a value computed from the lists.
    void set(const std::string& name, const LatestValue& value) { snapshot_.values[name] = value; }
    void set_tariff(bool has_tariff) noexcept { snapshot_.has_tariff = has_tariff; }

    /// The meter is polled and published with these intervals: it stays online, and its values stay
    /// valid, for two of the intervals and a minute.
    void is_asked_every(std::chrono::seconds interval, std::chrono::seconds publish_interval);

    [[nodiscard]] bool is_online(Time now) const noexcept {
        return last_list_ && now - *last_list_ < lifetime_;
    }
    [[nodiscard]] const Snapshot& snapshot() const noexcept { return snapshot_; }

    /// True once a live list and registers have arrived since the start, so that all quantities of
    /// this meter are known.
    [[nodiscard]] bool complete() const noexcept { return had_live_ && had_registers_; }

  private:
    Snapshot snapshot_;
    std::chrono::seconds lifetime_ = online_lifetime;
    std::optional<Time> last_list_;
    bool had_live_ = false;
    bool had_registers_ = false;
};

} // namespace hanport::meter
