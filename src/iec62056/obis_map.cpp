// Meaning of data sets: names and kinds of their codes, units, numbers, times.
//
// A code of three numbers is C.D.E of OBIS: 1.8.0 is energy import, 1.8.1 the same for tariff 1,
// 1.6.0 the highest power with its time in a second group, 1.2.0 the sum of these maxima. A code of
// two numbers is Kamstrup's own: 6.8 is heat energy, 1.20 energy.
#include "iec62056/data_set.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace iec62056 {
namespace {

using han::cosem::Label;
using han::cosem::QuantityKind;
using han::cosem::Reading;
using polled::Readout;
using Cosem = han::cosem::Unit;

constexpr auto units = std::to_array<Unit>({
    {"Wh", Cosem::watt_hour},
    {"kWh", Cosem::watt_hour, 3},
    {"MWh", Cosem::watt_hour, 6},
    {"GWh", Cosem::watt_hour, 9},
    {"J", Cosem::joule},
    {"kJ", Cosem::joule, 3},
    {"MJ", Cosem::joule, 6},
    {"GJ", Cosem::joule, 9},
    {"varh", Cosem::var_hour},
    {"kvarh", Cosem::var_hour, 3},
    {"Mvarh", Cosem::var_hour, 6},
    {"VAh", Cosem::volt_ampere_hour},
    {"kVAh", Cosem::volt_ampere_hour, 3},
    {"MVAh", Cosem::volt_ampere_hour, 6},
    {"W", Cosem::watt},
    {"kW", Cosem::watt, 3},
    {"MW", Cosem::watt, 6},
    {"var", Cosem::var},
    {"kvar", Cosem::var, 3},
    {"Mvar", Cosem::var, 6},
    {"VA", Cosem::volt_ampere},
    {"kVA", Cosem::volt_ampere, 3},
    {"MVA", Cosem::volt_ampere, 6},
    {"V", Cosem::volt},
    {"kV", Cosem::volt, 3},
    {"A", Cosem::ampere},
    {"kA", Cosem::ampere, 3},
    {"Hz", Cosem::hertz},
    {"m3", Cosem::cubic_metre},
    {"m^3", Cosem::cubic_metre},
    {"l", Cosem::cubic_metre, -3},
    {"m3/h", Cosem::cubic_metre_per_hour},
    {"m3h", Cosem::cubic_metre_per_hour},
    {"m3ph", Cosem::cubic_metre_per_hour},
    {"l/h", Cosem::cubic_metre_per_hour, -3},
    {"l_h", Cosem::cubic_metre_per_hour, -3},
    {"lph", Cosem::cubic_metre_per_hour, -3},
    {"C", Cosem::degree_celsius},
    {"K", Cosem::kelvin},
    {"h", Cosem::hour},
    {"bar", Cosem::bar},
    {"t", Cosem::kilogram, 3},
    {"kg", Cosem::kilogram},
});

// The meter's clock, in one or two data sets (DIN 43863-3).
constexpr std::string_view clock_id = "1.0.0";
constexpr std::string_view time_id = "0.9.1";
constexpr std::string_view date_id = "0.9.2";

// Codes that follow no rule. Those with `unit` are sent without one.
struct Row {
    std::string_view id;
    std::string_view name;
    std::optional<QuantityKind> kind{};
    Cosem unit = Cosem::none;
};

constexpr auto rows = std::to_array<Row>({
    {"0.0", "meter_number"},
    {"0.0.0", "meter_number"},
    {"0.0.1", "meter_number"},
    {"96.1.0", "meter_number"},
    {"C.1.0", "meter_number"},
    {"0.1.0", "reset_count", QuantityKind::number},
    {time_id, "time"},
    {date_id, "date"},
    {"16.7.0", "active_power", QuantityKind::active_power},
    {"36.7.0", "active_power_l1", QuantityKind::active_power},
    {"56.7.0", "active_power_l2", QuantityKind::active_power},
    {"76.7.0", "active_power_l3", QuantityKind::active_power},
    {"F.F", "error_code"},
    {"96.8.0", "operating_hours", QuantityKind::duration, Cosem::hour},
    {"97.97.0", "error_code", QuantityKind::number},
    {"1.20", "active_energy_import", QuantityKind::active_energy},
    {"1.20.1", "active_energy_import_t1", QuantityKind::active_energy},
    {"1.20.2", "active_energy_import_t2", QuantityKind::active_energy},
    {"1.26", "pulses", QuantityKind::number},
    {"1.31", "operating_hours", QuantityKind::duration, Cosem::hour},
    {"1.6", "active_power_import_max", QuantityKind::active_power},
    {"1.6*1", "active_power_import_max_last_month", QuantityKind::active_power},
    {"6.8", "heat_energy", QuantityKind::heat_energy},
    {"6.26", "volume", QuantityKind::volume},
    {"6.31", "operating_hours", QuantityKind::duration, Cosem::hour},
});

bool equal_letters(std::string_view a, std::string_view b) {
    const auto small = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::ranges::equal(a, b, {}, small, small);
}

// C, D and E of "1.8.0"; false if the text has another form.
bool read_code(std::string_view id, std::array<std::uint8_t, 3>& code) {
    const char* at = id.data();
    const char* const end = at + id.size();
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (i > 0) {
            if (at == end || *at != '.')
                return false;
            ++at;
        }
        const auto [next, error] = std::from_chars(at, end, code[i]);
        if (error != std::errc{})
            return false;
        at = next;
    }
    return at == end;
}

// Names for codes like "1.8.1".
void name_by_rule(std::string_view id, Label& label) {
    constexpr std::uint8_t instantaneous_d = 7;
    constexpr std::uint8_t maximum_d = 6;
    constexpr std::uint8_t sum_of_maxima_d = 2;
    std::array<std::uint8_t, 3> code{};
    if (!read_code(id, code))
        return;
    const auto [c, d, e] = code;
    const bool is_maximum = d == maximum_d || d == sum_of_maxima_d;
    const han::cosem::Obis obis{.a = 1, .c = c, .d = is_maximum ? instantaneous_d : d};
    const auto* const quantity = han::cosem::quantity(obis);
    if (quantity == nullptr)
        return;
    label.name = quantity->name;
    if (d == maximum_d)
        label.name += "_max";
    if (d == sum_of_maxima_d)
        label.name += "_max_sum";
    else
        label.kind = quantity->kind;
    if (e > 0)
        label.name += "_t" + std::to_string(e);
}

std::string_view value_of(const std::vector<DataSet>& sets, std::string_view id) {
    for (const DataSet& set : sets)
        if (polled::short_code(set.id) == id)
            return set.groups.front().value;
    return {};
}

void take_value(const Group& group, Cosem unit_unsaid, bool is_further, Label label,
                Readout& readout) {
    const Unit* const unit = find_unit(group.unit);
    if (unit == nullptr)
        label.unit = group.unit;
    // Without a unit and with leading zeros it may be a serial number, with ten digits a time
    // stamp.
    constexpr std::size_t stamp = 10;
    const bool is_stamp = group.value.size() >= stamp && is_digits(group.value);
    const bool counts = !group.unit.empty() ||
                        (label.kind.has_value() && !(is_further && is_stamp)) ||
                        (!is_stamp && !group.value.starts_with('0')) || group.value.size() == 1;
    auto decimal = number(group.value);
    Reading& reading = readout.add(std::move(label));
    if (!decimal || !counts) {
        reading.value = readout.keep(group.value);
        return;
    }
    reading.unit = unit_unsaid;
    if (unit != nullptr) {
        decimal->exponent = static_cast<std::int16_t>(decimal->exponent + unit->exponent);
        reading.unit = unit->unit;
    }
    reading.value = *decimal;
}

void take(const DataSet& set, Readout& readout) {
    Label label{.scheme = "obis", .code = std::string(set.id)};
    const std::string_view id = polled::short_code(set.id);
    Cosem unit = Cosem::none;
    if (const auto* const row = std::ranges::find(rows, id, &Row::id); row != rows.end()) {
        label.name = row->name;
        label.kind = row->kind;
        unit = row->unit;
    } else if (id == clock_id) {
        label.name = "clock";
    } else {
        name_by_rule(id, label);
    }
    auto& list = readout.list;
    if (label.name == "meter_number") {
        if (list.meter_id.empty())
            list.meter_id = set.groups.front().value;
        list.names_meter = !list.meter_id.empty();
        readout.add(std::move(label)).value = readout.keep(set.groups.front().value);
        return;
    }
    if (id == time_id || id == date_id) { // "143000" is not a number
        readout.add(std::move(label)).value = readout.keep(set.groups.front().value);
        return;
    }
    const std::string name = label.name;
    for (std::size_t i = 0; i < set.groups.size(); ++i) {
        const Group& group = set.groups[i];
        if (const auto time = group.unit.empty() && (i > 0 || id == clock_id) ? time_of(group.value)
                                                                              : std::nullopt) {
            Label when = label;
            when.kind.reset();
            if (i > 0)
                when.name = name.empty() ? name : name + "_time";
            else
                list.meter_time = time;
            readout.add(std::move(when)).value = *time;
            continue;
        }
        if (i > 0 && !name.empty())
            label.name = name + "_" + std::to_string(i + 1);
        take_value(group, unit, i > 0, label, readout);
    }
}

} // namespace

const Unit* find_unit(std::string_view text) noexcept {
    const auto* row = std::ranges::find(units, text, &Unit::text);
    if (row == units.end())
        row = std::ranges::find_if(
            units, [&](const Unit& unit) { return equal_letters(unit.text, text); });
    return row == units.end() ? nullptr : row;
}

void take(const std::vector<DataSet>& sets, Readout& readout) {
    for (const DataSet& set : sets)
        take(set, readout);
    if (!readout.list.meter_time)
        readout.list.meter_time = time_of(value_of(sets, date_id), value_of(sets, time_id));
}

} // namespace iec62056
