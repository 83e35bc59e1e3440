// Values that a meter sends but does not measure.
#include "meter/snapshot.hpp"

namespace hanport::meter {

bool is_register(han::cosem::Unit unit) noexcept {
    using han::cosem::Unit;
    return unit == Unit::watt_hour || unit == Unit::var_hour || unit == Unit::volt_ampere_hour ||
           unit == Unit::joule || unit == Unit::cubic_metre || unit == Unit::kilogram ||
           unit == Unit::hour;
}

PublishedUnit published_unit(han::cosem::Unit unit) noexcept {
    using han::cosem::Unit;
    constexpr int kilo = 3;
    constexpr int giga = 9;
    switch (unit) {
    case Unit::watt_hour:
        return {"kWh", kilo};
    case Unit::var_hour:
        return {"kvarh", kilo};
    case Unit::volt_ampere_hour:
        return {"kVAh", kilo};
    case Unit::joule:
        return {"GJ", giga};
    default:
        return {text(unit)};
    }
}

bool is_measured(const Snapshot& snapshot, const std::string& name) {
    if (name != "voltage_l2" || snapshot.manufacturer != "Kaifa")
        return true;
    const auto is_zero = [&snapshot](const char* voltage) {
        const auto at = snapshot.values.find(voltage);
        return at == snapshot.values.end() || at->second.value.magnitude == 0;
    };
    return !is_zero("voltage_l2") || is_zero("voltage_l1") || is_zero("voltage_l3");
}

} // namespace hanport::meter
