// The table of registers.
#include "kmp/register.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace kmp {
namespace {

using han::cosem::Kind;

constexpr auto rows = std::to_array<Register>({
    // Electricity.
    {1, "active_energy_import", Kind::active_energy},
    {2, "active_energy_export", Kind::active_energy},
    {13, "active_energy_import_high_resolution", Kind::active_energy},
    {14, "active_energy_export_high_resolution", Kind::active_energy},
    // Heat, cooling and water.
    {60, "heat_energy", Kind::heat_energy},
    {61, "flow_energy", Kind::heat_energy},
    {62, "return_energy", Kind::heat_energy},
    {63, "cooling_energy", Kind::heat_energy},
    {64, "tariff_register_2", Kind::heat_energy},
    {65, "tariff_register_3", Kind::heat_energy},
    {66, "tariff_limit_2"},
    {67, "tariff_limit_3"},
    {68, "volume", Kind::volume},
    {69, "volume_2", Kind::volume},
    {72, "mass", Kind::mass},
    {73, "mass_2", Kind::mass},
    {74, "flow", Kind::flow},
    {75, "flow_2", Kind::flow},
    {80, "power", Kind::active_power},
    {84, "input_a", Kind::volume},
    {85, "input_b", Kind::volume},
    {86, "flow_temperature", Kind::temperature},
    {87, "return_temperature", Kind::temperature},
    {88, "temperature_3", Kind::temperature},
    {89, "temperature_difference", Kind::temperature_difference},
    {91, "pressure", Kind::pressure},
    {92, "pressure_2", Kind::pressure},
    {94, "control_energy", Kind::heat_energy},
    {95, "tap_water_energy", Kind::heat_energy},
    {96, "heat_energy_y", Kind::heat_energy},
    {97, "volume_by_flow_temperature"},
    {98, "target_date"},
    {99, "info_code", Kind::number},
    {104, "meter_number_b"},
    {110, "volume_by_return_temperature"},
    {112, "customer_number_high"},
    {113, "info_events", Kind::number},
    {114, "meter_number_a"},
    {122, "temperature_4", Kind::temperature},
    {123, "year_max_flow_date"},
    {124, "year_max_flow", Kind::flow},
    {125, "year_min_flow_date"},
    {126, "year_min_flow", Kind::flow},
    {127, "year_max_power_date"},
    {128, "year_max_power", Kind::active_power},
    {129, "year_min_power_date"},
    {130, "year_min_power", Kind::active_power},
    {138, "month_max_flow_date"},
    {139, "month_max_flow", Kind::flow},
    {140, "month_min_flow_date"},
    {141, "month_min_flow", Kind::flow},
    {142, "month_max_power_date"},
    {143, "month_max_power", Kind::active_power},
    {144, "month_min_power_date"},
    {145, "month_min_power", Kind::active_power},
    {146, "year_average_flow_temperature", Kind::temperature},
    {147, "year_average_return_temperature", Kind::temperature},
    {149, "month_average_flow_temperature", Kind::temperature},
    {150, "month_average_return_temperature", Kind::temperature},
    {152, "program_number"},
    {153, "configuration_1"},
    {154, "checksum"},
    {155, "high_resolution"}, // energy or volume, depending on the meter's configuration
    {157, "top_module_id"},
    {158, "base_module_id"},
    {168, "configuration_2"},
    {175, "error_hours", Kind::duration},
    {234, "pulse_value_a"},
    {235, "pulse_value_b"},
    {1001, "serial_number"},
    {1002, "clock"},
    {1003, "date"},
    {1004, "operating_hours", Kind::duration},
    {1005, "meter_type"},
    {1010, "customer_number_low"},
    // Electricity.
    {1023, "active_power_import", Kind::active_power},
    {1024, "active_power_export", Kind::active_power},
    {1054, "voltage_l1", Kind::voltage},
    {1055, "voltage_l2", Kind::voltage},
    {1056, "voltage_l3", Kind::voltage},
    {1076, "current_l1", Kind::current},
    {1077, "current_l2", Kind::current},
    {1078, "current_l3", Kind::current},
    {1080, "active_power_import_l1", Kind::active_power},
    {1081, "active_power_import_l2", Kind::active_power},
    {1082, "active_power_import_l3", Kind::active_power},
    {1344, "active_power_export_l1", Kind::active_power},
    {1345, "active_power_export_l2", Kind::active_power},
    {1346, "active_power_export_l3", Kind::active_power},
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
