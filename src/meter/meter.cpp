// State of a meter; see meter.hpp.
#include "meter/meter.hpp"

namespace hanport::meter {

using han::list::ListKind;

void Meter::is_asked_every(std::chrono::seconds interval, std::chrono::seconds publish_interval) {
    lifetime_ = 2 * interval + online_lifetime;
    snapshot_.is_asked = true;
    snapshot_.lifetime = 2 * publish_interval + online_lifetime;
}

void Meter::take(const han::list::List& list, ListKind kind, Time now) {
    last_list_ = now;
    if (!list.manufacturer.empty())
        snapshot_.manufacturer = list.manufacturer;
    if (!list.meter_type.empty())
        snapshot_.meter_type = list.meter_type;
    if (!list.list_id.empty())
        snapshot_.list_id = list.list_id;
    for (const auto& reading : list.readings) {
        const auto quantity = han::cosem::kind(reading);
        const auto* const number = std::get_if<han::Decimal>(&reading.value);
        if (!quantity || number == nullptr)
            continue;
        snapshot_.values[han::cosem::name(reading)] = {
            .value = *number,
            .unit = reading.unit,
            .received = now,
            .kind = reading.label != nullptr ? quantity : std::nullopt};
    }
    // Each reading has all values of the meter.
    had_live_ = had_live_ || kind == ListKind::live || kind == ListKind::readout;
    had_registers_ =
        had_registers_ || list.kind == ListKind::hourly || list.kind == ListKind::readout;
}

} // namespace hanport::meter
