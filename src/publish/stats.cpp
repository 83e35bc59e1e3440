// Counters to JSON; the form is in stats.hpp.
#include "publish/stats.hpp"

#include "line/serial.hpp"

#include <nlohmann/json.hpp>

namespace hanport::publish {
namespace {

using nlohmann::ordered_json;

ordered_json to_json(const port::Port& port, meter::Problem cause) {
    const port::PortStats& stats = port.stats();
    std::uint64_t lists = 0;
    std::uint64_t refused = 0;
    std::map<std::string_view, std::uint64_t> by_key; // layers have keys in common
    for (const auto& [outcome, count] : stats.frames) {
        by_key[port::key(outcome)] += count;
        (port::is_list(outcome) ? lists : refused) += count;
    }
    ordered_json frames = ordered_json::object();
    for (const auto& [key, count] : by_key)
        frames[key] = count;
    const std::string_view format =
        stats.format.empty() ? line::frame_format(stats.parity) : std::string_view(stats.format);
    return {{"device", port.config().device},
            {"path", stats.path},
            {"port_state", stats.state},
            {"cause", row(cause).key},
            {"parity", format.empty() ? "unknown" : format},
            {"bytes", stats.bytes},
            {"line_errors", stats.line_errors},
            {"reconnects", stats.reconnects},
            {"frames_ok", lists},
            {"frames_refused", refused},
            {"lists_beyond_limit", stats.beyond_limit},
            {"frames", frames}};
}

std::string joined(const ordered_json& ports, const char* key) {
    std::string text;
    for (const auto& port : ports)
        text += (text.empty() ? "" : ", ") + port.at(key).get<std::string>();
    return text;
}

std::uint64_t sum(const ordered_json& ports, const char* key) {
    std::uint64_t total = 0;
    for (const auto& port : ports)
        total += port.at(key).get<std::uint64_t>();
    return total;
}

} // namespace

std::string stats_json(const ReaderStats& reader,
                       std::span<const std::unique_ptr<port::Port>> ports) {
    ordered_json list = ordered_json::array();
    for (const auto& port : ports)
        list.push_back(to_json(*port, reader.cause ? reader.cause(*port) : meter::Problem::ok));
    ordered_json object = {{"version", HANPORT_VERSION},
                           {"uptime", reader.uptime.count()},
                           {"outbox_depth", reader.outbox_depth},
                           {"broker_reconnects", reader.broker_reconnects}};
    for (const char* const key : {"port_state", "parity"})
        object[key] = joined(list, key);
    for (const char* const key :
         {"bytes", "line_errors", "reconnects", "frames_ok", "frames_refused"})
        object[key] = sum(list, key);
    std::uint64_t dropped = 0;
    for (const auto& [reason, count] : reader.dropped)
        dropped += count;
    object["values_dropped"] = dropped;
    object["dropped"] = reader.dropped;
    object["ports"] = std::move(list);
    return object.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

} // namespace hanport::publish
