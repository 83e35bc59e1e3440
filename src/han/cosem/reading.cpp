// Name and kind of a reading; see reading.hpp.
#include "han/cosem/reading.hpp"

namespace han::cosem {

std::string name(const Reading& reading) {
    if (reading.label != nullptr)
        return reading.label->name.empty() ? reading.label->code : reading.label->name;
    std::string name(cosem::name(reading.obis));
    if (name.empty())
        append(name, reading.obis);
    return name;
}

void append_code(std::string& out, const Reading& reading) {
    if (reading.label != nullptr)
        out += reading.label->code;
    else
        append(out, reading.obis);
}

std::string_view unit_text(const Reading& reading) noexcept {
    return reading.label != nullptr && !reading.label->unit.empty()
               ? std::string_view(reading.label->unit)
               : text(reading.unit);
}

std::optional<QuantityKind> kind(const Reading& reading) noexcept {
    if (reading.label != nullptr) {
        const auto kind = reading.label->kind;
        return kind && reading.label->unit.empty() && fits(*kind, reading.unit) ? kind
                                                                                : std::nullopt;
    }
    // Without a unit the scale is not known; only the power factor never has a unit.
    const auto* const row = quantity(reading.obis);
    return row != nullptr && reading.unit == row->unit ? std::optional(row->kind) : std::nullopt;
}

} // namespace han::cosem
