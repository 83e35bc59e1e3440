// Counters to JSON; the form stands in stats.hpp.
#include "daemon/stats.hpp"

#include <nlohmann/json.hpp>

namespace hanport {
namespace {

using nlohmann::ordered_json;

std::string text(Parity parity) {
    switch (parity) {
    case Parity::none:
        return "8N1";
    case Parity::even:
        return "8E1";
    case Parity::automatic:
        break;
    }
    return "unknown";
}

ordered_json to_json(const Port& port) {
    const PortStats& stats = port.stats();
    std::uint64_t lists = 0;
    std::uint64_t refused = 0;
    ordered_json frames = ordered_json::object();
    for (const auto& [outcome, count] : stats.frames) {
        frames[outcome] = count;
        const bool is_list = outcome == "power" || outcome == "live" || outcome == "hourly";
        (is_list ? lists : refused) += count;
    }
    return {{"device", port.config().device},
            {"path", stats.path},
            {"state", stats.state},
            {"parity", text(stats.parity)},
            {"bytes", stats.bytes},
            {"line_errors", stats.line_errors},
            {"reconnects", stats.reconnects},
            {"lists", lists},
            {"refused", refused},
            {"frames", frames}};
}

} // namespace

std::string stats_json(const ReaderStats& reader, std::span<const std::unique_ptr<Port>> ports) {
    ordered_json object = {{"version", HANPORT_VERSION},
                           {"uptime", reader.uptime.count()},
                           {"outbox_depth", reader.outbox_depth},
                           {"broker_reconnects", reader.broker_reconnects},
                           {"ports", ordered_json::array()}};
    for (const auto& port : ports)
        object["ports"].push_back(to_json(*port));
    return object.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

} // namespace hanport
