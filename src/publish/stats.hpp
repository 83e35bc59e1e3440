// The JSON of the reader's stats topic.
#pragma once

#include "meter/problem.hpp"
#include "port/port.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <span>
#include <string>

namespace hanport::publish {

struct ReaderStats {
    std::chrono::seconds uptime{};
    std::size_t outbox_depth = 0;                   ///< hourly lists waiting for the broker
    std::uint64_t broker_reconnects = 0;            ///< connections after the first
    std::map<std::string, std::uint64_t> dropped{}; ///< implausible values by reason
    std::function<meter::Problem(const port::Port& port)>
        cause{}; ///< problem of the port; empty: ok
};

/// The top level, for Home Assistant, has the sums over the ports; "ports" has the same for each
/// port, with its frames by outcome:
/// {"version":…,"uptime":…,"outbox_depth":…,"broker_reconnects":…,"port_state":"open","parity":"8E1","bytes":…,
/// "line_errors":…,"reconnects":…,"frames_ok":…,"frames_refused":…,"values_dropped":…,
/// "dropped":{"register_fell":…},"ports":[{"device":…,"path":…,…,"frames":{"live":…,"bad_fcs":…}}]}
[[nodiscard]] std::string stats_json(const ReaderStats& reader,
                                     std::span<const std::unique_ptr<port::Port>> ports);

} // namespace hanport::publish
