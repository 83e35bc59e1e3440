// Writes lists; see message.hpp. The words of a model's list are
//
//   list-id, meter-id, meter-type, clock
//   meter-number                           the meter id, but as a number
//   32.7                                   a quantity by OBIS C.D; see Quantity
//   ids, powers, currents, voltages, registers   several of these, see the table
#include "simulator/message.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

namespace hanport::simulator {
namespace {

using namespace std::string_view_literals;

constexpr auto llc = "\xE6\xE7\x00"sv;
constexpr std::uint8_t data_notification = 0x0F;
constexpr std::size_t date_time_size = 12;

struct Shorthand {
    std::string_view word;
    std::string_view meaning;
};
constexpr auto shorthands = std::to_array<Shorthand>({{"ids", "list-id meter-id meter-type"},
                                                      {"powers", "1.7 2.7 3.7 4.7"},
                                                      {"currents", "31.7 51.7 71.7"},
                                                      {"voltages", "32.7 52.7 72.7"},
                                                      {"registers", "1.8 2.8 3.8 4.8"}});

// The power of ten of Meter::value for a kind of value.
int exponent_of(Kind kind) noexcept {
    switch (kind) {
    case Kind::current:
    case Kind::power_factor:
        return -3;
    case Kind::voltage:
        return -1;
    default:
        return 0;
    }
}

std::uint8_t unit_of(Quantity quantity) noexcept {
    const unsigned what = quantity.c % 20U;
    const bool reactive = what == 3 || what == 4;
    switch (kind_of(quantity)) {
    case Kind::power:
        return reactive ? 29 : 27;
    case Kind::energy:
        return reactive ? 32 : 30;
    case Kind::current:
        return 33;
    case Kind::voltage:
        return 35;
    case Kind::power_factor:
        break;
    }
    return 255;
}

// Registers are rounded down, other values to the nearest integer.
std::int64_t scaled(std::int64_t value, Kind kind, int exponent) noexcept {
    std::int64_t divisor = 1;
    for (int i = exponent_of(kind); i < exponent; ++i)
        divisor *= 10;
    if (kind == Kind::energy)
        return value / divisor;
    return (value + (value < 0 ? -divisor : divisor) / 2) / divisor;
}

// Parses "32.7". Throws std::logic_error for an unknown word in the tables.
Quantity quantity_of(std::string_view word) {
    Quantity quantity;
    const char* const end = std::to_address(word.end());
    const auto c = std::from_chars(std::to_address(word.begin()), end, quantity.c);
    if (c.ec == std::errc{} && c.ptr != end && *c.ptr == '.')
        if (const auto d = std::from_chars(c.ptr + 1, end, quantity.d);
            d.ec == std::errc{} && d.ptr == end)
            return quantity;
    throw std::logic_error("no element of a list: " + std::string(word));
}

} // namespace

Writer::Writer(const Model& model)
    : model_(model), manufacturer_(*model.manufacturer), power_(read_words("1.7")),
      live_(read_words(model.live)), hourly_(live_) {
    if (model.registers.empty())
        return;
    const Elements more = read_words(std::string("clock ").append(model.registers));
    hourly_.insert(hourly_.end(), more.begin(), more.end());
}

Writer::Elements Writer::read_words(std::string_view words) const {
    constexpr auto names = std::to_array<std::string_view>(
        {"list-id", "meter-id", "meter-type", "meter-number", "clock"}); // in the order of Part
    Elements elements;
    while (!words.empty()) {
        const std::string_view word = words.substr(0, words.find(' '));
        words.remove_prefix(std::min(word.size() + 1, words.size()));
        if (const auto row = std::ranges::find(shorthands, word, &Shorthand::word);
            row != shorthands.end()) {
            const Elements several = read_words(row->meaning);
            elements.insert(elements.end(), several.begin(), several.end());
        } else if (const auto name = std::ranges::find(names, word); name != names.end()) {
            elements.push_back({.part = static_cast<Part>(name - names.begin()), .quantity = {}});
        } else {
            elements.push_back({.quantity = quantity_of(word), .zero = model_.zeros == word});
        }
    }
    return elements;
}

std::optional<Code> Writer::code_of(const Element& element) const noexcept {
    if (manufacturer_.form == Form::bare)
        return std::nullopt;
    switch (element.part) {
    case Part::list_id:
        return manufacturer_.list_id_code;
    case Part::meter_id:
    case Part::meter_number:
        return manufacturer_.meter_id;
    case Part::meter_type:
        return manufacturer_.meter_type;
    case Part::clock:
        return manufacturer_.clock;
    case Part::quantity:
        break;
    }
    return Code{1, manufacturer_.channel, element.quantity.c, element.quantity.d, 0};
}

Number Writer::number_of(Kind kind) const noexcept {
    switch (kind) {
    case Kind::energy:
        return manufacturer_.energy;
    case Kind::current:
        return manufacturer_.current;
    case Kind::voltage:
        return manufacturer_.voltage;
    case Kind::power_factor:
        return {Tag::u16, -2};
    case Kind::power:
        break;
    }
    return manufacturer_.power;
}

void Writer::append_value(Octets& out, const Element& element, const Moment& moment) const {
    switch (element.part) {
    case Part::list_id:
        return append_text(out, manufacturer_.text.list_id, manufacturer_.list_id);
    case Part::meter_id: {
        std::string id(moment.meter_id);
        id.resize(std::max(id.size(), manufacturer_.id_size)); // padded with NUL
        return append_text(out, manufacturer_.text.meter_id, id);
    }
    case Part::meter_type:
        return append_text(out, manufacturer_.text.meter_type, model_.type);
    case Part::meter_number:
        return append_number(out, Tag::u32, std::atoll(std::string(moment.meter_id).c_str()));
    case Part::clock:
        append_head(out, Tag::octets, date_time_size);
        return append_date_time(out, manufacturer_,
                                manufacturer_.clock_of_hour ? moment.hour : moment.now);
    case Part::quantity:
        break;
    }
    const Kind kind = kind_of(element.quantity);
    const Number number = number_of(kind);
    std::int64_t value =
        element.zero ? 0 : moment.meter->value(element.quantity, manufacturer_.registers);
    value = scaled(value, kind, number.exponent);
    append_number(out, number.tag, value);
}

void Writer::append_element(Octets& out, const Element& element, const Moment& moment) const {
    const bool is_member = manufacturer_.form == Form::member;
    const bool is_number = is_member && element.part == Part::quantity;
    if (is_member)
        append_head(out, Tag::structure, is_number ? 3 : 2);
    if (const auto code = code_of(element))
        append_code(out, *code);
    append_value(out, element, moment);
    if (is_number) {
        append_head(out, Tag::structure, 2);
        append_number(out, Tag::i8, number_of(kind_of(element.quantity)).exponent);
        append_number(out, Tag::enumerated, unit_of(element.quantity));
    }
}

void Writer::append_body(Octets& out, const Elements& elements, const Moment& moment) const {
    std::size_t count = elements.size();
    if (manufacturer_.form == Form::pair)
        for (const Element& element : elements)
            count += code_of(element).has_value() ? 1 : 0;
    append_head(out, manufacturer_.form == Form::member ? Tag::array : Tag::structure, count);
    for (const Element& element : elements)
        append_element(out, element, moment);
}

Octets Writer::write(std::string_view kind, const Moment& moment) const {
    Octets apdu;
    append(apdu, llc);
    apdu.push_back(data_notification);
    append_big_endian(apdu, manufacturer_.invoke_id, 4);
    if (manufacturer_.stamp == Stamp::tagged)
        apdu.push_back(0x09);
    if (manufacturer_.stamp == Stamp::none) {
        apdu.push_back(0);
    } else {
        apdu.push_back(date_time_size);
        append_date_time(apdu, manufacturer_, moment.now);
    }
    append_body(apdu, kind == "power" ? power_ : kind == "live" ? live_ : hourly_, moment);
    return frame(manufacturer_.header, apdu);
}

} // namespace hanport::simulator
