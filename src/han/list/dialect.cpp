// Elements to readings, for lists whose values carry OBIS codes.
#include "han/list/dialect.hpp"

#include "han/dlms/big_endian.hpp"

#include <algorithm>
#include <bit>

namespace han::list {
namespace {

using cosem::Kind;
using cosem::Obis;
using cosem::Value;
using dlms::Element;
using dlms::Tag;

constexpr Code list_id_code{1, 0, 2, 129};

bool is(const std::optional<Obis>& obis, const Code& code) noexcept {
    return obis && obis->is(code.a, code.c, code.d, code.e);
}

std::string_view characters(Bytes bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

template <class Signed>
Decimal signed_number(Bytes bytes) noexcept {
    return Decimal::of_signed(static_cast<Signed>(dlms::big_endian(bytes)));
}

Value float_number(std::optional<Decimal> number) noexcept {
    return number ? Value(*number) : Value();
}

bool is_printable(Bytes bytes) noexcept {
    return !bytes.empty() && std::ranges::all_of(bytes, [](std::uint8_t octet) {
        return octet >= 0x20 && octet < 0x7F;
    });
}

// What stands in an octet-string is for its reader to know.
Value octet_string(const Element& element, bool is_clock) noexcept {
    if (is_clock && element.bytes.size() == dlms::DateTime::size)
        return dlms::DateTime::read(element.bytes);
    if (is_printable(element.bytes))
        return characters(element.bytes);
    return cosem::Octets{element.bytes};
}

Value value_of(const Element& element, bool is_clock) noexcept {
    const Bytes bytes = element.bytes;
    switch (element.tag) {
    case Tag::unsigned_octet:
    case Tag::long_unsigned:
    case Tag::double_long_unsigned:
    case Tag::long64_unsigned:
    case Tag::enumeration:
        return Decimal::of_unsigned(dlms::big_endian(bytes));
    case Tag::integer:
    case Tag::bcd:
        return signed_number<std::int8_t>(bytes);
    case Tag::long_signed:
        return signed_number<std::int16_t>(bytes);
    case Tag::double_long:
        return signed_number<std::int32_t>(bytes);
    case Tag::long64:
        return signed_number<std::int64_t>(bytes);
    case Tag::floating_point:
    case Tag::float32:
        return float_number(Decimal::of_float(
            std::bit_cast<float>(static_cast<std::uint32_t>(dlms::big_endian(bytes)))));
    case Tag::float64:
        return float_number(Decimal::of_float(std::bit_cast<double>(dlms::big_endian(bytes))));
    case Tag::boolean:
        return bytes[0] != 0;
    case Tag::visible_string:
    case Tag::utf8_string:
        return characters(bytes);
    case Tag::octet_string:
        return octet_string(element, is_clock);
    case Tag::bit_string:
        return cosem::Bits{bytes, element.count};
    case Tag::date_time:
        return dlms::DateTime::read(bytes);
    case Tag::date:
        return dlms::DateTime::read_date(bytes);
    case Tag::time:
        return dlms::DateTime::read_time(bytes);
    default: // null-data, don't-care; containers never come here
        return {};
    }
}

// An id is a text, or (Kamstrup Denmark) a number.
bool read_id(const Element& element, std::string& id) {
    if (const auto text = text_of(element); !text.empty()) {
        id = text;
        return true;
    }
    if (const auto value = value_of(element, false);
        const auto* number = std::get_if<Decimal>(&value)) {
        id.clear();
        append(id, *number);
        return true;
    }
    return false;
}

void scale(cosem::Reading& reading, const Item& item, const Scales& scales) noexcept {
    auto* const number = std::get_if<Decimal>(&reading.value);
    if (number == nullptr)
        return;
    if (item.scaler_unit) {
        number->exponent = static_cast<std::int16_t>(number->exponent + item.scaler_unit->scaler);
        reading.unit = item.scaler_unit->unit;
    } else if (const auto* const quantity = cosem::quantity(reading.obis)) {
        if (const auto exponent = scales.of(quantity->kind)) {
            number->exponent = static_cast<std::int16_t>(number->exponent + *exponent);
            reading.unit = cosem::unit(quantity->kind);
        }
    }
}

} // namespace

std::optional<std::int8_t> Scales::of(Kind kind) const noexcept {
    switch (kind) {
    case Kind::active_power:
    case Kind::reactive_power:
    case Kind::apparent_power:
        return power;
    case Kind::active_energy:
    case Kind::reactive_energy:
    case Kind::apparent_energy:
        return energy;
    case Kind::current:
        return current;
    case Kind::voltage:
        return voltage;
    case Kind::power_factor:
        return power_factor;
    case Kind::frequency:
        break; // no maker's list without scaler_unit has one
    }
    return std::nullopt;
}

std::string_view text_of(const Element& element) noexcept {
    if (element.tag != Tag::octet_string && element.tag != Tag::visible_string &&
        element.tag != Tag::utf8_string)
        return {};
    Bytes bytes = element.bytes;
    while (!bytes.empty() && (bytes.back() == '\0' || bytes.back() == ' '))
        bytes = bytes.first(bytes.size() - 1);
    return is_printable(bytes) ? characters(bytes) : std::string_view{};
}

std::string_view list_id(const Items& items) noexcept {
    for (const Item& item : items.rows)
        if (is(item.obis, list_id_code))
            return text_of(item.value);
    return {};
}

void read_pairs(const Items& items, const Dialect& dialect, List& list) {
    for (const Item& item : items.rows) {
        if (!item.obis)
            continue;
        if ((is(item.obis, dialect.meter_id) && read_id(item.value, list.meter_id)) ||
            (is(item.obis, dialect.meter_type) && read_id(item.value, list.meter_type)) ||
            (is(item.obis, list_id_code) && read_id(item.value, list.list_id)))
            continue;
        cosem::Reading& reading = list.readings.emplace_back();
        reading.obis = *item.obis;
        reading.value = value_of(item.value, cosem::is_clock(*item.obis));
        scale(reading, item, dialect.scales);
    }
}

} // namespace han::list
