// Elements to readings, for lists whose values carry OBIS codes.
#include "han/list/obis_profile.hpp"

#include "han/base/byte_order.hpp"

#include <algorithm>
#include <bit>

namespace han::list {
namespace {

using cosem::Quantity;
using cosem::QuantityKind;
using cosem::Reading;
using cosem::Unit;
using cosem::Value;
using dlms::DataType;
using dlms::Element;

constexpr Code list_id_code{1, 0, 2, 129};

bool is(const CosemValue& item, const Code& code) noexcept {
    return item.code != nullptr && item.obis().is(code.a, code.c, code.d, code.e);
}

bool is_list_id(const CosemValue& item) noexcept {
    return is(item, list_id_code);
}

std::string_view characters(Bytes bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Value float_number(std::optional<Decimal> number) noexcept {
    return number ? Value(*number) : Value();
}

// The meaning of an octet-string is decided by the function that reads it.
Value octet_string(const Element& element, bool is_clock) noexcept {
    if (is_clock && element.count == dlms::DateTime::size)
        return dlms::DateTime(element.bytes());
    if (const auto text = characters(element.bytes()); is_printable(text))
        return text;
    return cosem::Octets{element.bytes()};
}

// Values that are not integers of the sizes above.
Value other_value(const Element& element, bool is_clock) noexcept {
    switch (element.tag) {
    case DataType::long64_unsigned:
        return Decimal::of_unsigned(big_endian<std::uint64_t>(element.data));
    case DataType::floating_point:
    case DataType::float32:
        return float_number(
            Decimal::of_float(std::bit_cast<float>(big_endian<std::uint32_t>(element.data))));
    case DataType::float64:
        return float_number(
            Decimal::of_float(std::bit_cast<double>(big_endian<std::uint64_t>(element.data))));
    case DataType::boolean:
        return *element.data != 0;
    case DataType::visible_string:
    case DataType::utf8_string:
        return characters(element.bytes());
    case DataType::octet_string:
        return octet_string(element, is_clock);
    case DataType::bit_string:
        return cosem::Bits{element.data, element.count};
    case DataType::date_time:
        return dlms::DateTime(element.bytes());
    case DataType::date:
        return dlms::DateTime::of_date(element.bytes());
    case DataType::time:
        return dlms::DateTime::of_time(element.bytes());
    default: // null-data, don't-care; containers do not occur here
        return {};
    }
}

// Reads the items of one list, one after the other.
class ObisValueReader {
  public:
    ObisValueReader(const ObisProfile& profile, List& list) noexcept
        : profile_(profile), list_(list) {}

    void take(const CosemValue& item) {
        const Quantity* const quantity = cosem::quantity(item.code);
        if (quantity == nullptr) {
            take_other(item);
            return;
        }
        kinds_ |= 1U << static_cast<unsigned>(quantity->kind);
        add(item, scale_of(item, quantity), false);
    }

    // Values that follow from all items. Ids that this list did not send are cleared, unless it is
    // a power list.
    void finish(std::string_view leading_id) {
        constexpr unsigned power = 1U << static_cast<unsigned>(QuantityKind::active_power);
        constexpr unsigned registers = 1U << static_cast<unsigned>(QuantityKind::active_energy) |
                                       1U << static_cast<unsigned>(QuantityKind::reactive_energy) |
                                       1U << static_cast<unsigned>(QuantityKind::apparent_energy);
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

    // True if a number had no scale in the list and none in a complete profile.
    [[nodiscard]] bool lacks_scale() const noexcept { return lacks_scale_ && !profile_.keeps_raw; }

  private:
    // Power of ten of a number, and the unit after scaling.
    struct Scale {
        std::int16_t exponent = 0;
        Unit unit = Unit::none;
    };

    [[nodiscard]] Scale scale_of(const CosemValue& item, const Quantity* quantity) noexcept {
        if (item.has_scaler_unit)
            return {item.scaler, item.unit};
        if (quantity == nullptr)
            return {};
        if (const Exponent exponent = profile_.scales.of(quantity->kind))
            return {*exponent, quantity->unit};
        lacks_scale_ = lacks_scale_ || item.is_integer;
        return {};
    }

    // Values that are not in the table of quantities: names of the meter, clocks, unknown codes.
    void take_other(const CosemValue& item) {
        if (take_name(item))
            return;
        has_others_ = true;
        const bool is_clock = cosem::is_clock(item.obis());
        add(item, scale_of(item, nullptr), is_clock);
        if (const auto* const time = std::get_if<dlms::DateTime>(&list_.readings.back().value))
            if (is_clock && !list_.meter_time)
                list_.meter_time = *time;
    }

    void add(const CosemValue& item, const Scale& scale, bool is_clock) {
        if (item.is_integer) {
            const auto [magnitude, negative, none] = Decimal::of_signed(item.number);
            list_.readings.emplace_back(item.obis(), scale.unit,
                                        Decimal{magnitude, negative, scale.exponent});
            return;
        }
        Reading& reading =
            list_.readings.emplace_back(item.obis(), Unit::none, other_value(item.value, is_clock));
        if (auto* const number = std::get_if<Decimal>(&reading.value)) {
            number->exponent = static_cast<std::int16_t>(number->exponent + scale.exponent);
            reading.unit = scale.unit;
        }
    }

    bool take_name(const CosemValue& item) {
        return (is(item, profile_.meter_id) && take_id(item, list_.meter_id, has_meter_id_)) ||
               (is(item, profile_.meter_type) &&
                take_id(item, list_.meter_type, has_meter_type_)) ||
               (is(item, list_id_code) && take_id(item, list_.list_id, has_list_id_));
    }

    // An id is a text, or (Kamstrup Denmark) a number.
    static bool take_id(const CosemValue& item, std::string& id, bool& has_id) {
        const auto text = text_of(item.value);
        if (!text.empty() && text == id) // the usual case: unchanged since the previous list
            return has_id = true;
        if (is_printable(text)) {
            id = text;
            return has_id = true;
        }
        if (item.is_integer) {
            id = std::to_string(item.number);
            return has_id = true;
        }
        return false;
    }

    const ObisProfile& profile_;
    List& list_;
    unsigned kinds_ = 0;      // a bit for each kind of quantity seen
    bool has_others_ = false; // values that are not in the table of quantities
    bool lacks_scale_ = false;
    bool has_meter_id_ = false;
    bool has_meter_type_ = false;
    bool has_list_id_ = false;
};

} // namespace

bool is_printable(std::string_view text) noexcept {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

std::string_view text_of(const Element& element) noexcept {
    if (element.tag != DataType::octet_string && element.tag != DataType::visible_string &&
        element.tag != DataType::utf8_string)
        return {};
    Bytes bytes = element.bytes();
    while (!bytes.empty() && (bytes.back() == '\0' || bytes.back() == ' '))
        bytes = bytes.first(bytes.size() - 1);
    return characters(bytes);
}

std::string_view list_id(const CosemValues& items) noexcept {
    const auto id = std::ranges::find_if(items.rows(), is_list_id);
    return id == items.rows().end() ? std::string_view{} : text_of(id->value);
}

bool has_list_id(const CosemValues& items) noexcept {
    return std::ranges::any_of(items.rows(), is_list_id);
}

std::expected<void, Error> read_obis_values(const CosemValues& items, const ObisProfile& profile,
                                            List& list, std::string_view leading_id) {
    if (!items.is_coded)
        return std::unexpected(Error::unknown_layout);
    ObisValueReader reader(profile, list);
    const auto rows = items.rows();
    const bool has_leading_value = !rows.empty() && rows.front().code == nullptr;
    for (const CosemValue& item : rows.subspan(has_leading_value ? 1 : 0))
        reader.take(item);
    if (reader.lacks_scale())
        return std::unexpected(Error::unknown_layout);
    reader.finish(leading_id);
    return {};
}

} // namespace han::list
