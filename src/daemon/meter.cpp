// What is known of a meter; see meter.hpp.
#include "daemon/meter.hpp"

namespace hanport {
namespace {

using han::list::List;
using han::list::ListKind;
using namespace std::chrono_literals;

// Registers that come more often than this come in every list.
constexpr auto rare = 30min;

std::string hour_of(const List& list) {
    constexpr std::size_t up_to_hour = 13; // "2026-11-20T17"
    std::string text;
    if (list.meter_time)
        han::dlms::append_iso8601(text, *list.meter_time, false);
    return text.size() > up_to_hour ? text.substr(0, up_to_hour) : std::string{};
}

} // namespace

void Meter::restore(const Snapshot& registers, const std::string& meter_hour, Time received) {
    snapshot_ = registers;
    meter_hour_ = meter_hour;
    last_registers_ = received;
}

void Meter::is_asked_every(std::chrono::seconds interval, std::chrono::seconds publish_interval) {
    lifetime_ = 2 * interval + online_lifetime;
    snapshot_.is_asked = true;
    snapshot_.lifetime = 2 * publish_interval + online_lifetime;
}

ListKind Meter::take(const List& list, Time now) {
    last_list_ = now;
    if (!list.manufacturer.empty())
        snapshot_.manufacturer = list.manufacturer;
    if (!list.meter_type.empty())
        snapshot_.meter_type = list.meter_type;
    if (!list.list_id.empty())
        snapshot_.list_id = list.list_id;
    for (const auto& reading : list.readings) {
        const auto kind = han::cosem::kind(reading);
        const auto* const number = std::get_if<han::Decimal>(&reading.value);
        if (!kind || number == nullptr)
            continue;
        snapshot_.values[han::cosem::name(reading)] = {
            .value = *number,
            .unit = reading.unit,
            .received = now,
            .kind = reading.label != nullptr ? kind : std::nullopt};
    }
    if (list.kind == ListKind::readout)
        had_live_ = had_registers_ = true; // it says all it has every time
    if (list.kind == ListKind::hourly)
        return hourly_or_live(list, now);
    had_live_ = had_live_ || list.kind == ListKind::live;
    return list.kind;
}

// By the meter's clock, because the registers are the state at its full hour. Where the clock shows
// the same hour again (the end of summer time, a clock that stands), the time since the last
// registers tells.
ListKind Meter::hourly_or_live(const List& list, Time now) {
    had_registers_ = true;
    const std::string hour = hour_of(list);
    const bool is_new = hour != meter_hour_ || now - last_registers_ >= rare;
    had_live_ = had_live_ || !is_new; // such a meter sends nothing else
    last_registers_ = now;
    meter_hour_ = hour;
    return is_new ? ListKind::hourly : ListKind::live;
}

} // namespace hanport
