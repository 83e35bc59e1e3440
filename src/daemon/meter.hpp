// One meter as the daemon knows it: its latest values, and whether it is heard. Told lists and time,
// it does no I/O.
#pragma once

#include "han/list/list.hpp"
#include "mqtt/snapshot.hpp"

#include <optional>

namespace hanport {

class Meter {
  public:
    using Time = std::chrono::steady_clock::time_point;

    /// A meter is online while its last intact list is younger than this: five missed lists of a
    /// Kamstrup.
    static constexpr std::chrono::seconds online_lifetime{60};

    explicit Meter(std::string meter_id) { snapshot_.meter_id = std::move(meter_id); }

    /// The registers that were known before a restart.
    void restore(const Snapshot& registers) { snapshot_ = registers; }

    /// Takes in a list of this meter, which is published as `kind`: where registers come every 10 s
    /// (Sweden, Denmark), most lists with registers are live ones.
    void take(const han::list::List& list, han::list::ListKind kind, Time now);

    /// A value that is computed from the lists.
    void set(const std::string& name, const LatestValue& value) { snapshot_.values[name] = value; }
    void set_tariff(bool has_tariff) noexcept { snapshot_.has_tariff = has_tariff; }

    /// It is asked, so often and published so often: it is online, and its values are true, for two
    /// of these intervals and a minute.
    void is_asked_every(std::chrono::seconds interval, std::chrono::seconds publish_interval);

    [[nodiscard]] bool is_online(Time now) const noexcept {
        return last_list_ && now - *last_list_ < lifetime_;
    }
    [[nodiscard]] const Snapshot& snapshot() const noexcept { return snapshot_; }

    /// True once both a live list and registers have come since the start, so that all that this
    /// meter sends is known.
    [[nodiscard]] bool complete() const noexcept { return had_live_ && had_registers_; }

  private:
    Snapshot snapshot_;
    std::chrono::seconds lifetime_ = online_lifetime;
    std::optional<Time> last_list_;
    bool had_live_ = false;
    bool had_registers_ = false;
};

} // namespace hanport
