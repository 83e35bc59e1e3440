// Limits the number of meters: max_meters of a port, and of [service] for all ports. Without a
// limit, a line that keeps bringing new numbers, by damage or by intent, would let topics, files
// and memory grow without end.
//
// A meter keeps its place as long as the daemon runs; remembered meters have a place from the
// start. Numbers that arrived only once must not occupy all places. So a meter that was heard at
// most once within a day loses its place to a number that arrived twice. Each port has a place for
// one meter, independent of the other ports. The caller passes the time.
#pragma once

#include "config/config.hpp"

#include <deque>
#include <map>
#include <set>

namespace hanport::port {

class MeterLimits {
  public:
    using Time = std::chrono::steady_clock::time_point;

    /// A meter that was heard at most once keeps its place for this time.
    static constexpr std::chrono::hours probation{24};

    /// `config` must outlive this object.
    explicit MeterLimits(const config::Config& config) : config_(config) {}

    /// Adds a meter of an earlier run. `device`: of the port it was heard on; empty if not known.
    void remember(const std::string& meter_id, const std::string& device, Time now);

    struct Verdict {
        bool accepted = false;
        std::string displaced{}; ///< the meter that lost its place to it; empty: none
    };
    /// A list of a meter arrived on a configured port. The first list of each port that is not
    /// accepted is logged.
    [[nodiscard]] Verdict take(const std::string& meter_id, const config::PortConfig& port,
                               Time now);

    /// Frees the place of a meter.
    void forget(const std::string& meter_id) { places_.erase(meter_id); }

  private:
    struct Place {
        std::string device{};
        Time since{};
        bool heard = false;     // in this run
        bool confirmed = false; // heard twice in this run
    };
    using Places = std::map<std::string, Place>; // by meter id

    [[nodiscard]] std::size_t meters_on(const std::string& device) const;
    [[nodiscard]] bool is_full(const config::PortConfig& port) const;
    [[nodiscard]] bool has_room(const config::PortConfig& port) const;
    [[nodiscard]] bool came_before(const std::string& meter_id);
    void log(const std::string& meter_id, const std::string& device);
    [[nodiscard]] Places::iterator weakest(const config::PortConfig& port, Time now);

    const config::Config& config_;
    Places places_;
    std::set<std::string> logged_;    // devices
    std::deque<std::string> waiting_; // numbers without a place, the newest last
};

} // namespace hanport::port
