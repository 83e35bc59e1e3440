// Home Assistant's attributes for each kind of quantity, and the names for people.
#include "homeassistant/sensors.hpp"

#include "meter/snapshot.hpp"

namespace hanport::homeassistant {
namespace {

using han::cosem::QuantityKind;

// Apparent energy has no class in Home Assistant, power factor no unit.
// Registers are `total`: a new meter has a new unique_id, so a fall is not a reset. Live counters
// never fall.
constexpr auto sensors = std::to_array<KindOfSensor>({
    {QuantityKind::active_power, "power", "measurement", "W", 0, 0, true},
    {QuantityKind::reactive_power, "reactive_power", "measurement", "var", 0, 0, true},
    {QuantityKind::apparent_power, "apparent_power", "measurement", "VA", 0, 0, true},
    {QuantityKind::active_energy, "energy", "total", "kWh", 2, 3, false},
    {QuantityKind::reactive_energy, "reactive_energy", "total", "kvarh", 2, 3, false},
    {QuantityKind::apparent_energy, "", "total", "kVAh", 2, 3, false},
    {QuantityKind::current, "current", "measurement", "A", 2, 2, true},
    {QuantityKind::voltage, "voltage", "measurement", "V", 0, 1, true},
    {QuantityKind::power_factor, "power_factor", "measurement", "", 2, 2, true},
    {QuantityKind::frequency, "frequency", "measurement", "Hz", 2, 2, true},
    {QuantityKind::heat_energy, "energy", "total", "kWh", 0, 3, false},
    {QuantityKind::volume, "volume", "total", "m³", 0, 3, false},
    {QuantityKind::flow, "volume_flow_rate", "measurement", "m³/h", 0, 3, true},
    {QuantityKind::temperature, "temperature", "measurement", "°C", 0, 2, true},
    // As a temperature it would be converted by -273; temperature_delta is too new (2025.11).
    {QuantityKind::temperature_difference, "", "measurement", "K", 0, 2, true},
    {QuantityKind::mass, "", "total", "kg", 0, 3, false},
    {QuantityKind::pressure, "pressure", "measurement", "bar", 0, 2, true},
    {QuantityKind::duration, "duration", "total", "h", 0, 0, false},
    {QuantityKind::number, "", "", "", 0, 3, true},
});
static_assert(han::cosem::has_row_for_each_kind(sensors));

// If `text` begins with `beginning`, removes it and returns true.
bool cut(std::string_view& text, std::string_view beginning) {
    if (!text.starts_with(beginning))
        return false;
    text.remove_prefix(beginning.size());
    return true;
}

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

} // namespace

const KindOfSensor& sensor_of(QuantityKind kind) noexcept {
    return sensors[static_cast<std::size_t>(kind)];
}

std::optional<QuantityKind> kind_of(std::string_view name) noexcept {
    if (name.ends_with(meter::live_suffix))
        name.remove_suffix(meter::live_suffix.size());
    for (const han::cosem::Quantity* row : han::cosem::quantity_index)
        if (row != nullptr && row->name == name)
            return row->kind;
    return std::nullopt;
}

std::string title_of(std::string_view name) {
    cut(name, "active_"); // people mean active power and energy
    std::string title;
    while (!name.empty()) {
        const bool phase = name.starts_with("_l") && name != meter::live_suffix; // _l1, _l2, _l3
        if (cut(name, "_"))
            title += ' ';
        title += title.empty() || phase ? upper(name[0]) : name[0];
        name.remove_prefix(1);
    }
    return title;
}

} // namespace hanport::homeassistant
