// The latest values to JSON, decimals as the meter sent them.
#include "mqtt/state.hpp"

#include <string_view>

namespace hanport {
namespace {

constexpr std::int16_t thousand = 3; // as a power of ten

// Names are those of quantities or OBIS codes, "1-1:1.7.0": nothing in them needs escaping.
void append_value(std::string& out, const LatestValue& latest,
                  std::chrono::system_clock::time_point now) {
    if (!latest.known) {
        out += "null";
        return;
    }
    if (!is_register(latest.unit)) {
        if (now - latest.received > live_value_lifetime)
            out += "null";
        else
            append(out, latest.value);
        return;
    }
    han::Decimal in_thousands = latest.value;
    in_thousands.exponent = static_cast<std::int16_t>(in_thousands.exponent - thousand);
    append(out, in_thousands);
}

} // namespace

std::string state_json(const Snapshot& snapshot, std::chrono::system_clock::time_point now) {
    std::string out = "{";
    for (const auto& [name, latest] : snapshot.values) {
        if (!is_measured(snapshot, name))
            continue;
        if (out.size() > 1)
            out += ',';
        out += '"';
        out += name;
        out += "\":";
        append_value(out, latest, now);
    }
    out += '}';
    return out;
}

} // namespace hanport
