// One value of a list: what it is, how much, in which unit.
#pragma once

#include "han/base/decimal.hpp"
#include "han/cosem/obis.hpp"
#include "han/dlms/date_time.hpp"

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

struct Reading {
    Obis obis;
    Unit unit = Unit::none;
    Value value;
};

} // namespace han::cosem
