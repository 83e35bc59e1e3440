// One value of a list: what it is, how much, in which unit.
#pragma once

#include "han/base/decimal.hpp"
#include "han/cosem/obis.hpp"
#include "han/dlms/date_time.hpp"

#include <optional>
#include <string>
#include <variant>

namespace han::cosem {

/// Octets that are neither a number nor text.
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

/// null-data, numbers already scaled, texts as sent. Texts, octets and bits lie in the message.
using Value =
    std::variant<std::monostate, Decimal, std::string_view, dlms::DateTime, bool, Octets, Bits>;

/// What a value is, where its protocol has other codes than six octets of OBIS: registers of KMP,
/// data sets of IEC 62056-21.
struct Label {
    std::string_view scheme;    ///< what the code is one of: "register", "obis", "field"
    std::string code{};         ///< as the protocol or its documents write it: "60", "1.8.0"
    std::string name{};         ///< stable: "heat_energy"; empty: named by its code
    std::optional<Kind> kind{}; ///< none: not to be made a sensor of
    std::string unit{};         ///< one that COSEM has no number for: "Gcal"
};

struct Reading {
    Obis obis;
    Unit unit = Unit::none;
    Value value;
    const Label* label = nullptr; ///< where it is not null, obis means nothing
};

/// The stable name: of the label or the OBIS code's quantity, else its code.
[[nodiscard]] std::string name(const Reading& reading);

/// Appends the code in its own notation: "1-0:1.8.0", "60".
void append_code(std::string& out, const Reading& reading);

/// The text of the unit; empty for none.
[[nodiscard]] std::string_view unit_text(const Reading& reading) noexcept;

/// The kind of quantity, where it is known and the unit is one of its own, so that the scale is
/// known too.
[[nodiscard]] std::optional<Kind> kind(const Reading& reading) noexcept;

} // namespace han::cosem
