// How many meters are accepted: max_meters of a port, and of [service] for all ports. A line that
// brings ever new numbers, by damage or by intent, would else grow topics, files and memory without
// end.
//
// A meter has its place as long as the daemon runs, and remembered meters have theirs from the start.
// So that numbers which came once do not keep all places, a meter that was heard once at most within
// a day loses its place to a number that came twice. Each port has a place for one meter, however
// many the others bring. The caller passes the time.
#pragma once

#include "daemon/config.hpp"

#include <deque>
#include <map>
#include <set>

namespace hanport {

class MeterLimits {
  public:
    using Time = std::chrono::steady_clock::time_point;

    /// A meter that was heard once at most keeps its place for so long.
    static constexpr std::chrono::hours probation{24};

    /// `config` has to outlive this object.
    explicit MeterLimits(const Config& config) : config_(config) {}

    /// A meter of an earlier run. `device`: of the port that it was heard on; empty if that is not
    /// known.
    void remember(const std::string& meter_id, const std::string& device, Time now);

    struct Verdict {
        bool accepted = false;
        std::string displaced{}; ///< the meter that has lost its place by it; empty: none
    };
    /// A list of a meter came on one of the configuration's ports. The first one of each port that is
    /// not accepted is logged.
    [[nodiscard]] Verdict take(const std::string& meter_id, const PortConfig& port, Time now);

    /// The meter's place is free again.
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
    [[nodiscard]] bool is_full(const PortConfig& port) const;
    [[nodiscard]] bool has_room(const PortConfig& port) const;
    [[nodiscard]] bool came_before(const std::string& meter_id);
    void log(const std::string& meter_id, const std::string& device);
    [[nodiscard]] Places::iterator weakest(const PortConfig& port, Time now);

    const Config& config_;
    Places places_;
    std::set<std::string> logged_;    // devices
    std::deque<std::string> waiting_; // numbers that came and found no place, the newest last
};

} // namespace hanport
