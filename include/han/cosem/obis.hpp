// OBIS codes (IEC 62056-61): six octets A-B:C.D.E*F that identify a quantity.
#pragma once

#include "han/base/byte_order.hpp"
#include "han/cosem/unit.hpp"

#include <array>
#include <cstring>
#include <string>
#include <string_view>

namespace han::cosem {

struct Obis {
    static constexpr std::size_t size = 6;

    std::uint8_t a = 0; ///< medium: 0 abstract, 1 electricity
    std::uint8_t b = 0; ///< channel; Kamstrup sends 1, the others 0
    std::uint8_t c = 0; ///< quantity
    std::uint8_t d = 0; ///< processing: 7 instantaneous, 8 register
    std::uint8_t e = 0; ///< tariff; 0 is the total
    std::uint8_t f = 255;

    /// Reads six octets.
    [[nodiscard]] static Obis read(const std::uint8_t* octets) noexcept {
        Obis code;
        std::memcpy(&code, octets, size);
        return code;
    }

    /// True if A is `medium` and C.D.E are equal to these. B and F differ between manufacturers and
    /// are ignored.
    [[nodiscard]] constexpr bool is(std::uint8_t medium, std::uint8_t quantity,
                                    std::uint8_t processing, std::uint8_t tariff) const noexcept {
        return a == medium && c == quantity && d == processing && e == tariff;
    }

    friend constexpr bool operator==(const Obis&, const Obis&) = default;
};
static_assert(sizeof(Obis) == Obis::size);

/// Appends "1-1:1.7.0"; "*F" is added only if F is not 255.
void append(std::string& out, const Obis& code);

/// Kind of a quantity. Manufacturers state their scales by kind.
enum class QuantityKind : std::uint8_t {
    active_power,
    reactive_power,
    apparent_power,
    active_energy,
    reactive_energy,
    apparent_energy,
    current,
    voltage,
    power_factor,
    frequency,
    // Of polled meters (heat, water).
    heat_energy,
    volume,
    flow,
    temperature,
    temperature_difference,
    mass,
    pressure,
    duration,
    number ///< without a unit: an info code, a count
};
inline constexpr std::size_t kinds = static_cast<std::size_t>(QuantityKind::number) + 1;

/// True if the table has one row for each kind, in their order: a new kind is then missed by the
/// compiler, and a kind is its row's index.
template <class Table>
[[nodiscard]] consteval bool has_row_for_each_kind(const Table& table) {
    std::size_t index = 0;
    for (const auto& row : table)
        if (static_cast<std::size_t>(row.kind) != index++)
            return false;
    return index == kinds;
}

/// True if `unit` is a unit of this kind, so that the scale of the number is known.
[[nodiscard]] bool fits(QuantityKind kind, Unit unit) noexcept;

/// One row of the table of quantities.
struct Quantity {
    std::uint8_t c = 0;
    std::uint8_t d = 0;
    std::string_view name; ///< stable: "active_power_import"
    QuantityKind kind{};
    Unit unit = Unit::none; ///< of its values after scaling
};

/// The index of the table of quantities by D and C: first the rows with D = 7 by C, then those with
/// D = 8. Null if there is no such quantity.
using QuantityIndex = std::array<const Quantity*, 512>;
extern const QuantityIndex quantity_index;

/// The quantity of an OBIS code (six octets), found by C.D.E for medium electricity. Null if the
/// table has no such quantity.
[[nodiscard]] inline const Quantity* quantity(const std::uint8_t* code) noexcept {
    if (code[0] != 1 || code[4] != 0)
        return nullptr;
    const std::size_t at = little_endian<std::uint16_t>(code + 2) - std::size_t{0x700};
    return at < quantity_index.size() ? quantity_index[at] : nullptr;
}
[[nodiscard]] inline const Quantity* quantity(const Obis& code) noexcept {
    return quantity(&code.a);
}

/// True for the clock, 0-x:1.0.0.
[[nodiscard]] constexpr bool is_clock(const Obis& code) noexcept {
    return code.is(0, 1, 0, 0);
}

/// The stable name of a code: the name of its quantity, or "clock". Empty for a code that is not in
/// the table; such a value is identified by the text of its code.
[[nodiscard]] std::string_view name(const Obis& code) noexcept;

} // namespace han::cosem
