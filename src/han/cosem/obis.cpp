// OBIS codes to text, and the table of quantities (IEC 62056-61 table 5: value group C; the
// per-phase quantities repeat those of the whole at C + 20, + 40 and + 60).
#include "han/cosem/obis.hpp"

#include <charconv>

namespace han::cosem {
namespace {

constexpr auto quantities = std::to_array<Quantity>({
    // Instantaneous, all phases.
    {1, 7, "active_power_import", QuantityKind::active_power, Unit::watt},
    {2, 7, "active_power_export", QuantityKind::active_power, Unit::watt},
    {3, 7, "reactive_power_import", QuantityKind::reactive_power, Unit::var},
    {4, 7, "reactive_power_export", QuantityKind::reactive_power, Unit::var},
    {9, 7, "apparent_power_import", QuantityKind::apparent_power, Unit::volt_ampere},
    {10, 7, "apparent_power_export", QuantityKind::apparent_power, Unit::volt_ampere},
    {13, 7, "power_factor", QuantityKind::power_factor, Unit::none},
    {14, 7, "frequency", QuantityKind::frequency, Unit::hertz},
    // Instantaneous, L1.
    {21, 7, "active_power_import_l1", QuantityKind::active_power, Unit::watt},
    {22, 7, "active_power_export_l1", QuantityKind::active_power, Unit::watt},
    {23, 7, "reactive_power_import_l1", QuantityKind::reactive_power, Unit::var},
    {24, 7, "reactive_power_export_l1", QuantityKind::reactive_power, Unit::var},
    {29, 7, "apparent_power_import_l1", QuantityKind::apparent_power, Unit::volt_ampere},
    {30, 7, "apparent_power_export_l1", QuantityKind::apparent_power, Unit::volt_ampere},
    {31, 7, "current_l1", QuantityKind::current, Unit::ampere},
    {32, 7, "voltage_l1", QuantityKind::voltage, Unit::volt},
    {33, 7, "power_factor_l1", QuantityKind::power_factor, Unit::none},
    // Instantaneous, L2.
    {41, 7, "active_power_import_l2", QuantityKind::active_power, Unit::watt},
    {42, 7, "active_power_export_l2", QuantityKind::active_power, Unit::watt},
    {43, 7, "reactive_power_import_l2", QuantityKind::reactive_power, Unit::var},
    {44, 7, "reactive_power_export_l2", QuantityKind::reactive_power, Unit::var},
    {49, 7, "apparent_power_import_l2", QuantityKind::apparent_power, Unit::volt_ampere},
    {50, 7, "apparent_power_export_l2", QuantityKind::apparent_power, Unit::volt_ampere},
    {51, 7, "current_l2", QuantityKind::current, Unit::ampere},
    {52, 7, "voltage_l2", QuantityKind::voltage, Unit::volt},
    {53, 7, "power_factor_l2", QuantityKind::power_factor, Unit::none},
    // Instantaneous, L3.
    {61, 7, "active_power_import_l3", QuantityKind::active_power, Unit::watt},
    {62, 7, "active_power_export_l3", QuantityKind::active_power, Unit::watt},
    {63, 7, "reactive_power_import_l3", QuantityKind::reactive_power, Unit::var},
    {64, 7, "reactive_power_export_l3", QuantityKind::reactive_power, Unit::var},
    {69, 7, "apparent_power_import_l3", QuantityKind::apparent_power, Unit::volt_ampere},
    {70, 7, "apparent_power_export_l3", QuantityKind::apparent_power, Unit::volt_ampere},
    {71, 7, "current_l3", QuantityKind::current, Unit::ampere},
    {72, 7, "voltage_l3", QuantityKind::voltage, Unit::volt},
    {73, 7, "power_factor_l3", QuantityKind::power_factor, Unit::none},
    // Registers, all phases.
    {1, 8, "active_energy_import", QuantityKind::active_energy, Unit::watt_hour},
    {2, 8, "active_energy_export", QuantityKind::active_energy, Unit::watt_hour},
    {3, 8, "reactive_energy_import", QuantityKind::reactive_energy, Unit::var_hour},
    {4, 8, "reactive_energy_export", QuantityKind::reactive_energy, Unit::var_hour},
    {9, 8, "apparent_energy_import", QuantityKind::apparent_energy, Unit::volt_ampere_hour},
    {10, 8, "apparent_energy_export", QuantityKind::apparent_energy, Unit::volt_ampere_hour},
    // Registers, L1.
    {21, 8, "active_energy_import_l1", QuantityKind::active_energy, Unit::watt_hour},
    {22, 8, "active_energy_export_l1", QuantityKind::active_energy, Unit::watt_hour},
    {23, 8, "reactive_energy_import_l1", QuantityKind::reactive_energy, Unit::var_hour},
    {24, 8, "reactive_energy_export_l1", QuantityKind::reactive_energy, Unit::var_hour},
    {29, 8, "apparent_energy_import_l1", QuantityKind::apparent_energy, Unit::volt_ampere_hour},
    {30, 8, "apparent_energy_export_l1", QuantityKind::apparent_energy, Unit::volt_ampere_hour},
    // Registers, L2.
    {41, 8, "active_energy_import_l2", QuantityKind::active_energy, Unit::watt_hour},
    {42, 8, "active_energy_export_l2", QuantityKind::active_energy, Unit::watt_hour},
    {43, 8, "reactive_energy_import_l2", QuantityKind::reactive_energy, Unit::var_hour},
    {44, 8, "reactive_energy_export_l2", QuantityKind::reactive_energy, Unit::var_hour},
    {49, 8, "apparent_energy_import_l2", QuantityKind::apparent_energy, Unit::volt_ampere_hour},
    {50, 8, "apparent_energy_export_l2", QuantityKind::apparent_energy, Unit::volt_ampere_hour},
    // Registers, L3.
    {61, 8, "active_energy_import_l3", QuantityKind::active_energy, Unit::watt_hour},
    {62, 8, "active_energy_export_l3", QuantityKind::active_energy, Unit::watt_hour},
    {63, 8, "reactive_energy_import_l3", QuantityKind::reactive_energy, Unit::var_hour},
    {64, 8, "reactive_energy_export_l3", QuantityKind::reactive_energy, Unit::var_hour},
    {69, 8, "apparent_energy_import_l3", QuantityKind::apparent_energy, Unit::volt_ampere_hour},
    {70, 8, "apparent_energy_export_l3", QuantityKind::apparent_energy, Unit::volt_ampere_hour},
});

struct UnitsOfKind {
    QuantityKind kind;
    Unit unit;
    Unit other = unit;
};

// Thermal energy may also be in joules.
constexpr auto units_of_kinds = std::to_array<UnitsOfKind>({
    {QuantityKind::active_power, Unit::watt},
    {QuantityKind::reactive_power, Unit::var},
    {QuantityKind::apparent_power, Unit::volt_ampere},
    {QuantityKind::active_energy, Unit::watt_hour, Unit::joule},
    {QuantityKind::reactive_energy, Unit::var_hour},
    {QuantityKind::apparent_energy, Unit::volt_ampere_hour},
    {QuantityKind::current, Unit::ampere},
    {QuantityKind::voltage, Unit::volt},
    {QuantityKind::power_factor, Unit::none},
    {QuantityKind::frequency, Unit::hertz},
    {QuantityKind::heat_energy, Unit::watt_hour, Unit::joule},
    {QuantityKind::volume, Unit::cubic_metre},
    {QuantityKind::flow, Unit::cubic_metre_per_hour},
    {QuantityKind::temperature, Unit::degree_celsius},
    {QuantityKind::temperature_difference, Unit::kelvin},
    {QuantityKind::mass, Unit::kilogram},
    {QuantityKind::pressure, Unit::bar},
    {QuantityKind::duration, Unit::hour},
    {QuantityKind::number, Unit::none},
});
static_assert(has_row_for_each_kind(units_of_kinds));

constexpr QuantityIndex make_index() {
    QuantityIndex index{};
    for (const Quantity& row : quantities)
        index[(row.d - 7U) * 256U + row.c] = &row;
    return index;
}

void append_number(std::string& out, std::uint8_t number) {
    std::array<char, 3> digits{};
    out.append(digits.data(),
               std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

} // namespace

void append(std::string& out, const Obis& code) {
    append_number(out, code.a);
    out += '-';
    append_number(out, code.b);
    out += ':';
    append_number(out, code.c);
    out += '.';
    append_number(out, code.d);
    out += '.';
    append_number(out, code.e);
    if (code.f != 255) {
        out += '*';
        append_number(out, code.f);
    }
}

bool fits(QuantityKind kind, Unit unit) noexcept {
    const UnitsOfKind& row = units_of_kinds[static_cast<std::size_t>(kind)];
    return unit == row.unit || unit == row.other;
}

constinit const QuantityIndex quantity_index = make_index();

std::string_view name(const Obis& code) noexcept {
    if (const Quantity* const row = quantity(code))
        return row->name;
    return is_clock(code) ? "clock" : std::string_view{};
}

} // namespace han::cosem
