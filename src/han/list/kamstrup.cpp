// Kamstrup OMNIPOWER lists. A structure: the list id as visible-string WITHOUT a code, then pairs
// of OBIS code and value; scales are not in the data (interface description HAN-NVE rev. 3.1).
//
//   list id          where             scales
//   Kamstrup_V0001   Norway            1 W, 0.01 A, 1 V, 10 Wh; no power list
//   Kamstrup_V0001   Sweden            the same, but 1 Wh; the type number ends in 092
//   DLMS push 1      Denmark           as Norway, power factor 0.01; meter number under 1-1:0.0.1
#include "han/list/dialect.hpp"
#include "han/list/makers.hpp"

namespace han::list {
namespace {

constexpr std::string_view denmark_prefix = "DLMS push";
constexpr std::string_view list_id_prefix = "Kamstrup_";
constexpr std::string_view sweden_type_suffix = "092";

constexpr Code gs1_number{1, 0, 0, 5};
constexpr Code danish_number{1, 0, 0, 1};
constexpr Code type_number{1, 96, 1, 1};

constexpr Scales
    norwegian({.power = 0, .energy = 1, .current = -2, .voltage = 0, .power_factor = -2});
constexpr Scales
    swedish({.power = 0, .energy = 0, .current = -2, .voltage = 0, .power_factor = -2});

constexpr Dialect norway{.meter_id = gs1_number, .meter_type = type_number, .scales = norwegian};
constexpr Dialect sweden{.meter_id = gs1_number, .meter_type = type_number, .scales = swedish};
constexpr Dialect denmark{
    .meter_id = danish_number, .meter_type = type_number, .scales = norwegian};

std::string_view leading_id(const Items& items) noexcept {
    if (items.container != dlms::Tag::structure || items.rows().empty() ||
        items.rows().front().code != nullptr)
        return {};
    return text_of(items.rows().front().value);
}

bool recognises(const Items& items) {
    const auto id = leading_id(items);
    return id.starts_with(list_id_prefix) || id.starts_with(denmark_prefix);
}

const Dialect* dialect_by_type(std::string_view type) noexcept {
    if (type.empty())
        return nullptr;
    return type.ends_with(sweden_type_suffix) ? &sweden : &norway;
}

// None where the type number is no text: whether energy is in 1 or 10 Wh is not known then.
const Dialect* dialect_of(const Items& items, std::string_view id) noexcept {
    if (id.starts_with(denmark_prefix))
        return &denmark;
    for (const Item& item : items.rows())
        if (item.code != nullptr &&
            item.obis().is(type_number.a, type_number.c, type_number.d, type_number.e))
            return dialect_by_type(text_of(item.value));
    return &norway;
}

std::expected<void, Error> read(Items& items, List& list) {
    const auto id = leading_id(items);
    const Dialect* const dialect = dialect_of(items, id);
    if (dialect == nullptr)
        return std::unexpected(Error::unknown_layout);
    return read_pairs(items, *dialect, list, id);
}

} // namespace

const Maker kamstrup{.name = "Kamstrup", .recognises = recognises, .read = read};

} // namespace han::list
