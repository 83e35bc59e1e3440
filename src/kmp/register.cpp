// The table of registers.
#include "kmp/register.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace kmp {
namespace {

using han::cosem::QuantityKind;

constexpr auto rows = std::to_array<Register>({
    // Electricity.
    {1, "active_energy_import", QuantityKind::active_energy},
    {2, "active_energy_export", QuantityKind::active_energy},
    {13, "active_energy_import_high_resolution", QuantityKind::active_energy},
    {14, "active_energy_export_high_resolution", QuantityKind::active_energy},
    // Heat, cooling and water.
    {60, "heat_energy", QuantityKind::heat_energy},
    {61, "flow_energy", QuantityKind::heat_energy},
    {62, "return_energy", QuantityKind::heat_energy},
    {63, "cooling_energy", QuantityKind::heat_energy},
    {64, "tariff_register_2", QuantityKind::heat_energy},
    {65, "tariff_register_3", QuantityKind::heat_energy},
    {66, "tariff_limit_2"},
    {67, "tariff_limit_3"},
    {68, "volume", QuantityKind::volume},
    {69, "volume_2", QuantityKind::volume},
    {72, "mass", QuantityKind::mass},
    {73, "mass_2", QuantityKind::mass},
    {74, "flow", QuantityKind::flow},
    {75, "flow_2", QuantityKind::flow},
    {80, "power", QuantityKind::active_power},
    {84, "input_a", QuantityKind::volume},
    {85, "input_b", QuantityKind::volume},
    {86, "flow_temperature", QuantityKind::temperature},
    {87, "return_temperature", QuantityKind::temperature},
    {88, "temperature_3", QuantityKind::temperature},
    {89, "temperature_difference", QuantityKind::temperature_difference},
    {91, "pressure", QuantityKind::pressure},
    {92, "pressure_2", QuantityKind::pressure},
    {94, "control_energy", QuantityKind::heat_energy},
    {95, "tap_water_energy", QuantityKind::heat_energy},
    {96, "heat_energy_y", QuantityKind::heat_energy},
    {97, "volume_by_flow_temperature"},
    {98, "target_date"},
    {99, "info_code", QuantityKind::number},
    {104, "meter_number_b"},
    {110, "volume_by_return_temperature"},
    {112, "customer_number_high"},
    {113, "info_events", QuantityKind::number},
    {114, "meter_number_a"},
    {122, "temperature_4", QuantityKind::temperature},
    {123, "year_max_flow_date"},
    {124, "year_max_flow", QuantityKind::flow},
    {125, "year_min_flow_date"},
    {126, "year_min_flow", QuantityKind::flow},
    {127, "year_max_power_date"},
    {128, "year_max_power", QuantityKind::active_power},
    {129, "year_min_power_date"},
    {130, "year_min_power", QuantityKind::active_power},
    {138, "month_max_flow_date"},
    {139, "month_max_flow", QuantityKind::flow},
    {140, "month_min_flow_date"},
    {141, "month_min_flow", QuantityKind::flow},
    {142, "month_max_power_date"},
    {143, "month_max_power", QuantityKind::active_power},
    {144, "month_min_power_date"},
    {145, "month_min_power", QuantityKind::active_power},
    {146, "year_average_flow_temperature", QuantityKind::temperature},
    {147, "year_average_return_temperature", QuantityKind::temperature},
    {149, "month_average_flow_temperature", QuantityKind::temperature},
    {150, "month_average_return_temperature", QuantityKind::temperature},
    {152, "program_number"},
    {153, "configuration_1"},
    {154, "checksum"},
    {155, "high_resolution"}, // energy or volume, depending on the meter's configuration
    {157, "top_module_id"},
    {158, "base_module_id"},
    {168, "configuration_2"},
    {175, "error_hours", QuantityKind::duration},
    {234, "pulse_value_a"},
    {235, "pulse_value_b"},
    {1001, "serial_number"},
    {1002, "clock"},
    {1003, "date"},
    {1004, "operating_hours", QuantityKind::duration},
    {1005, "meter_type"},
    {1010, "customer_number_low"},
    // Electricity.
    {1023, "active_power_import", QuantityKind::active_power},
    {1024, "active_power_export", QuantityKind::active_power},
    {1054, "voltage_l1", QuantityKind::voltage},
    {1055, "voltage_l2", QuantityKind::voltage},
    {1056, "voltage_l3", QuantityKind::voltage},
    {1076, "current_l1", QuantityKind::current},
    {1077, "current_l2", QuantityKind::current},
    {1078, "current_l3", QuantityKind::current},
    {1080, "active_power_import_l1", QuantityKind::active_power},
    {1081, "active_power_import_l2", QuantityKind::active_power},
    {1082, "active_power_import_l3", QuantityKind::active_power},
    {1344, "active_power_export_l1", QuantityKind::active_power},
    {1345, "active_power_export_l2", QuantityKind::active_power},
    {1346, "active_power_export_l3", QuantityKind::active_power},
});
static_assert(std::ranges::is_sorted(rows, {}, &Register::id));

} // namespace

const Register* find_register(std::uint16_t id) noexcept {
    const auto* const row = std::ranges::lower_bound(rows, id, {}, &Register::id);
    return row != rows.end() && row->id == id ? row : nullptr;
}

std::optional<std::uint16_t> register_id(std::string_view text) noexcept {
    constexpr int hexadecimal = 16;
    constexpr int decimal = 10;
    if (const auto* const row = std::ranges::find(rows, text, &Register::name); row != rows.end())
        return row->id;
    const bool is_hexadecimal = text.starts_with("0x") || text.starts_with("0X");
    if (is_hexadecimal)
        text.remove_prefix(2);
    std::uint16_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id,
                                              is_hexadecimal ? hexadecimal : decimal);
    return error == std::errc{} && !text.empty() && end == text.data() + text.size()
               ? std::optional(id)
               : std::nullopt;
}

std::span<const Register> registers() noexcept {
    return rows;
}

} // namespace kmp
