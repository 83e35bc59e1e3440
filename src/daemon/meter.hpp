// One meter as the daemon knows it: its latest values, whether it is heard, and which of its lists
// is the hourly one. Told lists and time, it does no I/O.
#pragma once

#include "han/list/list.hpp"
#include "mqtt/snapshot.hpp"

namespace hanport {

class Meter {
  public:
    using Time = std::chrono::system_clock::time_point;

    /// A meter is online while its last intact list is younger than this: five missed lists of a
    /// Kamstrup.
    static constexpr std::chrono::seconds online_lifetime{60};

    explicit Meter(std::string meter_id) { snapshot_.meter_id = std::move(meter_id); }

    /// What was known before a restart: registers, and the hour that the last hourly list was of.
    void restore(const Snapshot& registers, const std::string& meter_hour, Time received);

    /// Takes in a list of this meter. Returns what it is published as: where registers come every
    /// 10 s (Sweden, Denmark) the first list after a full hour is the hourly one, and the others
    /// are live.
    [[nodiscard]] han::list::ListKind take(const han::list::List& list, Time now);

    /// A value that is computed from the lists.
    void set(const std::string& name, const LatestValue& value) { snapshot_.values[name] = value; }
    void set_tariff(bool has_tariff) noexcept { snapshot_.has_tariff = has_tariff; }

    /// It is asked, so often and published so often: it is online, and its values are true, for two
    /// of these intervals and a minute.
    void is_asked_every(std::chrono::seconds interval, std::chrono::seconds publish_interval);

    [[nodiscard]] bool is_online(Time now) const noexcept { return now - last_list_ < lifetime_; }
    [[nodiscard]] const Snapshot& snapshot() const noexcept { return snapshot_; }

    /// The hour of the last list with registers by the meter's clock: "2026-11-20T17"; empty
    /// without clock.
    [[nodiscard]] const std::string& meter_hour() const noexcept { return meter_hour_; }

    /// True once both a live list and registers have come since the start, so that all that this
    /// meter sends is known.
    [[nodiscard]] bool complete() const noexcept { return had_live_ && had_registers_; }

  private:
    [[nodiscard]] han::list::ListKind hourly_or_live(const han::list::List& list, Time now);

    Snapshot snapshot_;
    std::chrono::seconds lifetime_ = online_lifetime;
    Time last_list_{};
    Time last_registers_{};
    std::string meter_hour_;
    bool had_live_ = false;
    bool had_registers_ = false;
};

} // namespace hanport
