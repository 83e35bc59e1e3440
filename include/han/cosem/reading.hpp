// One value of a list: code, value and unit.
#pragma once

#include "han/base/decimal.hpp"
#include "han/cosem/obis.hpp"
#include "han/dlms/date_time.hpp"

#include <optional>
#include <string>
#include <variant>

namespace han::cosem {

/// Octets that are neither a number nor a text.
struct Octets {
    Bytes bytes;
};

/// A bit-string, most significant bit of the first octet first.
struct Bits {
    const std::uint8_t* data = nullptr;
    std::uint32_t count = 0;

    [[nodiscard]] bool operator[](std::uint32_t i) const noexcept {
        return (data[i / 8] & (0x80U >> i % 8)) != 0;
    }
};

/// Empty for null-data. Numbers are scaled, texts are as sent. Texts, octets and bits point into
/// the message.
using Value =
    std::variant<std::monostate, Decimal, std::string_view, dlms::DateTime, bool, Octets, Bits>;

/// Identifies a value of a protocol that does not use six octets of OBIS: KMP registers, IEC
/// 62056-21 data sets.
struct Label {
    std::string_view scheme; ///< type of the code: "register", "obis", "field"
    std::string code{};      ///< as written in the protocol or its documents: "60", "1.8.0"
    std::string name{};      ///< stable: "heat_energy"; if empty, the code is the name
    std::optional<QuantityKind> kind{}; ///< empty: do not make a sensor of it
    std::string unit{};                 ///< a unit that COSEM does not define: "Gcal"
};

struct Reading {
    Obis obis;
    Unit unit = Unit::none;
    Value value;
    const Label* label = nullptr; ///< if not null, `obis` is not used
};

/// The stable name of the label or of the quantity; without one, the code.
[[nodiscard]] std::string name(const Reading& reading);

/// Appends the code in its own notation: "1-0:1.8.0", "60".
void append_code(std::string& out, const Reading& reading);

/// The text of the unit; empty if there is none.
[[nodiscard]] std::string_view unit_text(const Reading& reading) noexcept;

/// The kind of quantity. Empty if it is not known, or if the unit is not one of this kind, because
/// the scale is then not known either.
[[nodiscard]] std::optional<QuantityKind> kind(const Reading& reading) noexcept;

} // namespace han::cosem
