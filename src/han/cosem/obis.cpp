// OBIS codes to text, and the table of quantities (IEC 62056-61 table 5: value group C; the
// per-phase quantities repeat those of the whole at C + 20, + 40 and + 60).
#include "han/cosem/obis.hpp"

#include <charconv>

namespace han::cosem {
namespace {

constexpr auto quantities = std::to_array<Quantity>({
    // Instantaneous, all phases.
    {1, 7, "active_power_import", Kind::active_power},
    {2, 7, "active_power_export", Kind::active_power},
    {3, 7, "reactive_power_import", Kind::reactive_power},
    {4, 7, "reactive_power_export", Kind::reactive_power},
    {9, 7, "apparent_power_import", Kind::apparent_power},
    {10, 7, "apparent_power_export", Kind::apparent_power},
    {13, 7, "power_factor", Kind::power_factor},
    {14, 7, "frequency", Kind::frequency},
    // Instantaneous, L1.
    {21, 7, "active_power_import_l1", Kind::active_power},
    {22, 7, "active_power_export_l1", Kind::active_power},
    {23, 7, "reactive_power_import_l1", Kind::reactive_power},
    {24, 7, "reactive_power_export_l1", Kind::reactive_power},
    {29, 7, "apparent_power_import_l1", Kind::apparent_power},
    {30, 7, "apparent_power_export_l1", Kind::apparent_power},
    {31, 7, "current_l1", Kind::current},
    {32, 7, "voltage_l1", Kind::voltage},
    {33, 7, "power_factor_l1", Kind::power_factor},
    // Instantaneous, L2.
    {41, 7, "active_power_import_l2", Kind::active_power},
    {42, 7, "active_power_export_l2", Kind::active_power},
    {43, 7, "reactive_power_import_l2", Kind::reactive_power},
    {44, 7, "reactive_power_export_l2", Kind::reactive_power},
    {49, 7, "apparent_power_import_l2", Kind::apparent_power},
    {50, 7, "apparent_power_export_l2", Kind::apparent_power},
    {51, 7, "current_l2", Kind::current},
    {52, 7, "voltage_l2", Kind::voltage},
    {53, 7, "power_factor_l2", Kind::power_factor},
    // Instantaneous, L3.
    {61, 7, "active_power_import_l3", Kind::active_power},
    {62, 7, "active_power_export_l3", Kind::active_power},
    {63, 7, "reactive_power_import_l3", Kind::reactive_power},
    {64, 7, "reactive_power_export_l3", Kind::reactive_power},
    {69, 7, "apparent_power_import_l3", Kind::apparent_power},
    {70, 7, "apparent_power_export_l3", Kind::apparent_power},
    {71, 7, "current_l3", Kind::current},
    {72, 7, "voltage_l3", Kind::voltage},
    {73, 7, "power_factor_l3", Kind::power_factor},
    // Registers, all phases.
    {1, 8, "active_energy_import", Kind::active_energy},
    {2, 8, "active_energy_export", Kind::active_energy},
    {3, 8, "reactive_energy_import", Kind::reactive_energy},
    {4, 8, "reactive_energy_export", Kind::reactive_energy},
    {9, 8, "apparent_energy_import", Kind::apparent_energy},
    {10, 8, "apparent_energy_export", Kind::apparent_energy},
    // Registers, L1.
    {21, 8, "active_energy_import_l1", Kind::active_energy},
    {22, 8, "active_energy_export_l1", Kind::active_energy},
    {23, 8, "reactive_energy_import_l1", Kind::reactive_energy},
    {24, 8, "reactive_energy_export_l1", Kind::reactive_energy},
    {29, 8, "apparent_energy_import_l1", Kind::apparent_energy},
    {30, 8, "apparent_energy_export_l1", Kind::apparent_energy},
    // Registers, L2.
    {41, 8, "active_energy_import_l2", Kind::active_energy},
    {42, 8, "active_energy_export_l2", Kind::active_energy},
    {43, 8, "reactive_energy_import_l2", Kind::reactive_energy},
    {44, 8, "reactive_energy_export_l2", Kind::reactive_energy},
    {49, 8, "apparent_energy_import_l2", Kind::apparent_energy},
    {50, 8, "apparent_energy_export_l2", Kind::apparent_energy},
    // Registers, L3.
    {61, 8, "active_energy_import_l3", Kind::active_energy},
    {62, 8, "active_energy_export_l3", Kind::active_energy},
    {63, 8, "reactive_energy_import_l3", Kind::reactive_energy},
    {64, 8, "reactive_energy_export_l3", Kind::reactive_energy},
    {69, 8, "apparent_energy_import_l3", Kind::apparent_energy},
    {70, 8, "apparent_energy_export_l3", Kind::apparent_energy},
});

constexpr std::uint8_t instantaneous = 7;
constexpr std::uint8_t register_value = 8;

// Row number plus one by C, 0 where there is none.
constexpr std::array<std::uint8_t, 256> index_of(std::uint8_t processing) {
    std::array<std::uint8_t, 256> index{};
    for (std::size_t row = 0; row < quantities.size(); ++row)
        if (quantities[row].d == processing)
            index[quantities[row].c] = static_cast<std::uint8_t>(row + 1);
    return index;
}

constexpr auto instantaneous_rows = index_of(instantaneous);
constexpr auto register_rows = index_of(register_value);

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

const Quantity* quantity(const Obis& code) noexcept {
    if (code.a != 1 || code.e != 0)
        return nullptr;
    const std::size_t row = code.d == instantaneous    ? instantaneous_rows[code.c]
                            : code.d == register_value ? register_rows[code.c]
                                                       : 0U;
    return row == 0 ? nullptr : &quantities[row - 1];
}

Unit unit(Kind kind) noexcept {
    switch (kind) {
    case Kind::active_power:
        return Unit::watt;
    case Kind::reactive_power:
        return Unit::var;
    case Kind::apparent_power:
        return Unit::volt_ampere;
    case Kind::active_energy:
        return Unit::watt_hour;
    case Kind::reactive_energy:
        return Unit::var_hour;
    case Kind::apparent_energy:
        return Unit::volt_ampere_hour;
    case Kind::current:
        return Unit::ampere;
    case Kind::voltage:
        return Unit::volt;
    case Kind::frequency:
        return Unit::hertz;
    case Kind::power_factor:
        break;
    }
    return Unit::none;
}

std::string_view name(const Obis& code) noexcept {
    if (const Quantity* const row = quantity(code))
        return row->name;
    return is_clock(code) ? "clock" : std::string_view{};
}

} // namespace han::cosem
