// Ten fields to readings; see short_readout.hpp.
#include "iec62056/short_readout.hpp"

#include "iec62056/data_set.hpp"

#include <algorithm>

namespace iec62056 {
namespace {

using han::cosem::QuantityKind;
using Cosem = han::cosem::Unit;

constexpr std::size_t field_size = 7;
constexpr std::string_view blank = " ";

constexpr Scale gigajoule_hundredths{Cosem::joule, 7};
constexpr Scale kilowatt_tenths{Cosem::watt, 2};

} // namespace

const std::array<ShortField, short_fields> short_field_table{{
    {"heat_energy", QuantityKind::heat_energy, gigajoule_hundredths},
    {"volume", QuantityKind::volume, {Cosem::cubic_metre, -2}},
    {"operating_hours", QuantityKind::duration, {Cosem::hour, 0}},
    {"flow_temperature", QuantityKind::temperature, {Cosem::degree_celsius, -2}},
    {"return_temperature", QuantityKind::temperature, {Cosem::degree_celsius, -2}},
    {"temperature_difference", QuantityKind::temperature_difference, {Cosem::kelvin, -2}},
    {"power", QuantityKind::active_power, kilowatt_tenths},
    {"flow", QuantityKind::flow, {Cosem::cubic_metre_per_hour, -3}},
    {"peak", QuantityKind::active_power, kilowatt_tenths}, // of the flow on some meters
    {"info_code", QuantityKind::number, {}},
}};

Scaling default_scaling() noexcept {
    Scaling scaling;
    std::ranges::transform(short_field_table, scaling.begin(), &ShortField::scale);
    return scaling;
}

std::optional<Scale> scale(std::string_view text) noexcept {
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos)
        return std::nullopt;
    auto step = number(text.substr(0, space));
    const Unit* const unit = find_unit(text.substr(space + 1));
    if (!step || unit == nullptr || step->negative)
        return std::nullopt;
    int exponent = step->exponent;
    for (; step->magnitude > 1 && step->magnitude % 10 == 0; step->magnitude /= 10)
        ++exponent;
    if (step->magnitude != 1)
        return std::nullopt;
    return Scale{.unit = unit->unit, .exponent = exponent + unit->exponent};
}

std::expected<void, Error> take_short_readout(std::string_view answer, const Scaling& scaling,
                                              polled::Readout& readout) {
    constexpr std::size_t step = field_size + blank.size();
    if (answer.size() != short_fields * step - blank.size())
        return std::unexpected(Error::bad_field);
    for (std::size_t i = 0; i < answer.size(); ++i)
        if (i % step == field_size ? answer[i] != ' ' : answer[i] < '0' || answer[i] > '9')
            return std::unexpected(Error::bad_field);
    readout.list.manufacturer = "Kamstrup";
    for (std::size_t i = 0; i < short_fields; ++i) {
        const ShortField& field = short_field_table[i];
        auto& reading = readout.add({.scheme = "field",
                                     .code = std::to_string(i + 1),
                                     .name = std::string(field.name),
                                     .kind = field.kind});
        han::Decimal value = *number(answer.substr(i * step, field_size));
        value.exponent = static_cast<std::int16_t>(value.exponent + scaling[i].exponent);
        reading.value = value;
        reading.unit = scaling[i].unit;
    }
    return {};
}

} // namespace iec62056
