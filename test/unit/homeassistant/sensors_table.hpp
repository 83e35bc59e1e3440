// What Home Assistant is to be told of each quantity: typed from its documentation (facts on MQTT
// and Home Assistant, §4 classes and units, §5 expiry, §6 names, §13 decimals), not from the code.
#pragma once

#include "han/cosem/unit.hpp"

#include <array>

namespace expected {

struct Sensor {
    const char* quantity;
    const char* name;
    han::cosem::Unit unit;    ///< as the meter's value has it
    const char* device_class; ///< null: none
    const char* state_class;
    const char* unit_of_measurement; ///< null: none
    int least_decimals;
    int most_decimals;
    bool expires;
};

namespace of {
constexpr Sensor power(const char* quantity, const char* name) {
    return {quantity, name, han::cosem::Unit::watt, "power", "measurement", "W", 0, 0, true};
}
constexpr Sensor reactive_power(const char* quantity, const char* name) {
    return {quantity, name, han::cosem::Unit::var, "reactive_power", "measurement", "var", 0,
            0,        true};
}
constexpr Sensor apparent_power(const char* quantity, const char* name) {
    return {quantity, name, han::cosem::Unit::volt_ampere, "apparent_power", "measurement", "VA", 0,
            0,        true};
}
constexpr Sensor current(const char* quantity, const char* name) {
    return {quantity, name, han::cosem::Unit::ampere, "current", "measurement", "A", 2, 2, true};
}
constexpr Sensor voltage(const char* quantity, const char* name) {
    return {quantity, name, han::cosem::Unit::volt, "voltage", "measurement", "V", 0, 1, true};
}
constexpr Sensor power_factor(const char* quantity, const char* name) {
    return {quantity, name, han::cosem::Unit::none, "power_factor", "measurement", nullptr, 2,
            2,        true};
}
constexpr Sensor energy(const char* quantity, const char* name) {
    return {quantity, name, han::cosem::Unit::watt_hour, "energy", "total", "kWh", 2, 3, false};
}
constexpr Sensor reactive_energy(const char* quantity, const char* name) {
    return {quantity, name, han::cosem::Unit::var_hour, "reactive_energy", "total", "kvarh", 2,
            3,        false};
}
constexpr Sensor apparent_energy(const char* quantity, const char* name) {
    return {quantity, name, han::cosem::Unit::volt_ampere_hour, nullptr, "total", "kVAh", 2,
            3,        false};
}
} // namespace of

inline constexpr auto sensors = std::to_array<Sensor>({
    of::power("active_power_import", "Power import"),
    of::power("active_power_export", "Power export"),
    of::power("active_power_import_l1", "Power import L1"),
    of::power("active_power_export_l1", "Power export L1"),
    of::power("active_power_import_l2", "Power import L2"),
    of::power("active_power_export_l2", "Power export L2"),
    of::power("active_power_import_l3", "Power import L3"),
    of::power("active_power_export_l3", "Power export L3"),
    of::reactive_power("reactive_power_import", "Reactive power import"),
    of::reactive_power("reactive_power_export", "Reactive power export"),
    of::reactive_power("reactive_power_import_l2", "Reactive power import L2"),
    of::apparent_power("apparent_power_import", "Apparent power import"),
    of::apparent_power("apparent_power_export_l3", "Apparent power export L3"),
    of::current("current_l1", "Current L1"),
    of::current("current_l2", "Current L2"),
    of::current("current_l3", "Current L3"),
    of::voltage("voltage_l1", "Voltage L1"),
    of::voltage("voltage_l2", "Voltage L2"),
    of::voltage("voltage_l3", "Voltage L3"),
    of::power_factor("power_factor", "Power factor"),
    of::power_factor("power_factor_l1", "Power factor L1"),
    {"frequency", "Frequency", han::cosem::Unit::hertz, "frequency", "measurement", "Hz", 2, 2,
     true},
    of::energy("active_energy_import", "Energy import"),
    of::energy("active_energy_export", "Energy export"),
    of::energy("active_energy_import_l1", "Energy import L1"),
    of::energy("active_energy_import_live", "Energy import live"),
    of::energy("active_energy_export_live", "Energy export live"),
    of::reactive_energy("reactive_energy_import", "Reactive energy import"),
    of::reactive_energy("reactive_energy_export", "Reactive energy export"),
    of::apparent_energy("apparent_energy_import", "Apparent energy import"),
});

} // namespace expected
