// Elements to readings, for lists whose values carry OBIS codes.
#include "han/list/dialect.hpp"

#include "han/dlms/big_endian.hpp"

#include <algorithm>
#include <bit>

namespace han::list {
namespace {

using cosem::Kind;
using cosem::Quantity;
using cosem::Reading;
using cosem::Unit;
using cosem::Value;
using dlms::Element;
using dlms::Tag;

constexpr Code list_id_code{1, 0, 2, 129};

bool is(const Item& item, const Code& code) noexcept {
    return item.code != nullptr && item.obis().is(code.a, code.c, code.d, code.e);
}

std::string_view characters(Bytes bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool is_printable(std::string_view text) noexcept {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

template <class Unsigned>
std::int64_t unsigned_number(const Element& element) noexcept {
    return static_cast<std::int64_t>(dlms::big_endian<Unsigned>(element.data));
}

template <class Signed>
std::int64_t signed_number(const Element& element) noexcept {
    return static_cast<Signed>(dlms::big_endian<std::make_unsigned_t<Signed>>(element.data));
}

// The integers of all sizes but long64-unsigned, which does not fit.
inline bool read_integer(const Element& element, std::int64_t& value) noexcept {
    switch (element.tag) {
    case Tag::double_long_unsigned:
        value = unsigned_number<std::uint32_t>(element);
        return true;
    case Tag::long_unsigned:
        value = unsigned_number<std::uint16_t>(element);
        return true;
    case Tag::long_signed:
        value = signed_number<std::int16_t>(element);
        return true;
    case Tag::double_long:
        value = signed_number<std::int32_t>(element);
        return true;
    case Tag::long64:
        value = signed_number<std::int64_t>(element);
        return true;
    case Tag::unsigned_octet:
    case Tag::enumeration:
        value = unsigned_number<std::uint8_t>(element);
        return true;
    case Tag::integer:
    case Tag::bcd:
        value = signed_number<std::int8_t>(element);
        return true;
    default:
        return false;
    }
}

Value float_number(std::optional<Decimal> number) noexcept {
    return number ? Value(*number) : Value();
}

// What stands in an octet-string is for its reader to know.
Value octet_string(const Element& element, bool is_clock) noexcept {
    if (is_clock && element.count == dlms::DateTime::size)
        return dlms::DateTime(element.bytes());
    if (const auto text = characters(element.bytes()); is_printable(text))
        return text;
    return cosem::Octets{element.bytes()};
}

// Values that are no integer of the sizes above.
Value other_value(const Element& element, bool is_clock) noexcept {
    switch (element.tag) {
    case Tag::long64_unsigned:
        return Decimal::of_unsigned(dlms::big_endian<std::uint64_t>(element.data));
    case Tag::floating_point:
    case Tag::float32:
        return float_number(
            Decimal::of_float(std::bit_cast<float>(dlms::big_endian<std::uint32_t>(element.data))));
    case Tag::float64:
        return float_number(Decimal::of_float(
            std::bit_cast<double>(dlms::big_endian<std::uint64_t>(element.data))));
    case Tag::boolean:
        return *element.data != 0;
    case Tag::visible_string:
    case Tag::utf8_string:
        return characters(element.bytes());
    case Tag::octet_string:
        return octet_string(element, is_clock);
    case Tag::bit_string:
        return cosem::Bits{element.data, element.count};
    case Tag::date_time:
        return dlms::DateTime(element.bytes());
    case Tag::date:
        return dlms::DateTime::of_date(element.bytes());
    case Tag::time:
        return dlms::DateTime::of_time(element.bytes());
    default: // null-data, don't-care; containers never come here
        return {};
    }
}

// Meters repeat their ids in every list: where nothing has changed, nothing is checked or copied.
void assign(std::string& id, std::string_view text) {
    if (id != text)
        id = text;
}

// Reads the items of one list, one after the other.
class PairReader {
  public:
    PairReader(const Dialect& dialect, List& list) noexcept : dialect_(dialect), list_(list) {}

    void take(const Item& item) {
        const Quantity* const quantity = cosem::quantity(item.code);
        if (quantity == nullptr && take_name(item))
            return;
        const bool is_clock = quantity == nullptr && cosem::is_clock(item.obis());
        const Scale scale = scale_of(item, quantity);
        Reading& reading = list_.readings.emplace_back();
        reading.obis = item.obis();
        if (std::int64_t number = 0; read_integer(item.value, number)) {
            const auto [magnitude, negative, none] = Decimal::of_signed(number);
            reading.value.emplace<Decimal>(magnitude, negative, scale.exponent);
            reading.unit = scale.unit;
        } else {
            take_other(item, scale, is_clock, reading);
        }
        if (quantity != nullptr)
            kinds_ |= 1U << static_cast<unsigned>(quantity->kind);
        else
            has_others_ = true;
    }

    // What follows from all items. Ids that this list did not send go, unless it is a power list.
    void finish(std::string_view leading_id) {
        constexpr unsigned power = 1U << static_cast<unsigned>(Kind::active_power);
        constexpr unsigned registers = 1U << static_cast<unsigned>(Kind::active_energy) |
                                       1U << static_cast<unsigned>(Kind::reactive_energy) |
                                       1U << static_cast<unsigned>(Kind::apparent_energy);
        list_.kind = (kinds_ & registers) != 0         ? ListKind::hourly
                     : kinds_ == power && !has_others_ ? ListKind::power
                                                       : ListKind::live;
        if (!has_list_id_)
            assign(list_.list_id, leading_id);
        list_.names_meter = has_meter_id_;
        if (list_.kind == ListKind::power && !has_meter_id_)
            return;
        if (!has_meter_id_)
            list_.meter_id.clear();
        if (!has_meter_type_)
            list_.meter_type.clear();
    }

  private:
    // Power of ten of a number, and the unit it then has.
    struct Scale {
        std::int16_t exponent = 0;
        Unit unit = Unit::none;
    };

    [[nodiscard]] Scale scale_of(const Item& item, const Quantity* quantity) const noexcept {
        if (item.has_scaler_unit)
            return {item.scaler, item.unit};
        if (quantity != nullptr)
            if (const Exponent exponent = dialect_.scales.of(quantity->kind))
                return {*exponent, quantity->unit};
        return {};
    }

    void take_other(const Item& item, const Scale& scale, bool is_clock, Reading& reading) {
        reading.value = other_value(item.value, is_clock);
        if (auto* const number = std::get_if<Decimal>(&reading.value)) {
            number->exponent = static_cast<std::int16_t>(number->exponent + scale.exponent);
            reading.unit = scale.unit;
        }
        if (const auto* const time = std::get_if<dlms::DateTime>(&reading.value))
            if (is_clock && !list_.meter_time)
                list_.meter_time = *time;
    }

    bool take_name(const Item& item) {
        return (is(item, dialect_.meter_id) &&
                take_id(item.value, list_.meter_id, has_meter_id_)) ||
               (is(item, dialect_.meter_type) &&
                take_id(item.value, list_.meter_type, has_meter_type_)) ||
               (is(item, list_id_code) && take_id(item.value, list_.list_id, has_list_id_));
    }

    // An id is a text, or (Kamstrup Denmark) a number.
    static bool take_id(const Element& element, std::string& id, bool& has_id) {
        const auto text = text_of(element);
        if ((!text.empty() && text == id) || is_printable(text)) {
            assign(id, text);
            return has_id = true;
        }
        if (std::int64_t number = 0; read_integer(element, number)) {
            id = std::to_string(number);
            return has_id = true;
        }
        return false;
    }

    const Dialect& dialect_;
    List& list_;
    unsigned kinds_ = 0;      // a bit for each kind of quantity seen
    bool has_others_ = false; // values that are no quantity of the table
    bool has_meter_id_ = false;
    bool has_meter_type_ = false;
    bool has_list_id_ = false;
};

} // namespace

std::string_view text_of(const Element& element) noexcept {
    if (element.tag != Tag::octet_string && element.tag != Tag::visible_string &&
        element.tag != Tag::utf8_string)
        return {};
    Bytes bytes = element.bytes();
    while (!bytes.empty() && (bytes.back() == '\0' || bytes.back() == ' '))
        bytes = bytes.first(bytes.size() - 1);
    return characters(bytes);
}

std::string_view list_id(const Items& items) noexcept {
    for (const Item& item : items.rows())
        if (is(item, list_id_code))
            return text_of(item.value);
    return {};
}

void read_pairs(const Items& items, const Dialect& dialect, List& list,
                std::string_view leading_id) {
    PairReader reader(dialect, list);
    for (const Item& item : items.rows())
        if (item.code != nullptr)
            reader.take(item);
    reader.finish(leading_id);
}

} // namespace han::list
