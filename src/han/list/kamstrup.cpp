// Kamstrup OMNIPOWER lists. A structure: the list id as visible-string WITHOUT a code, then pairs
// of OBIS code and value; scales are not in the data (interface description HAN-NVE rev. 3.1).
//
//   list id          where             scales
//   Kamstrup_V0001   Norway            1 W, 0.01 A, 1 V, 10 Wh; no power list
//   Kamstrup_V0001   Sweden            the same, but 1 Wh; 18-character type number ending in 092
//   DLMS push 1      Denmark           as Norway, power factor 0.01; meter number under 1-1:0.0.1
#include "han/list/manufacturers.hpp"
#include "han/list/obis_profile.hpp"

#include <algorithm>

namespace han::list {
namespace {

constexpr std::string_view denmark_prefix = "DLMS push";
constexpr std::string_view list_id_prefix = "Kamstrup_";
constexpr std::string_view sweden_type_suffix = "092";
constexpr std::size_t type_size = 18; // "6841131BN245101092"

constexpr Code gs1_number{1, 0, 0, 5};
constexpr Code danish_number{1, 0, 0, 1};
constexpr Code type_number{1, 96, 1, 1};

constexpr Scales
    norwegian({.power = 0, .energy = 1, .current = -2, .voltage = 0, .power_factor = -2});
constexpr Scales
    swedish({.power = 0, .energy = 0, .current = -2, .voltage = 0, .power_factor = -2});
constexpr Scales
    without_energy({.power = 0, .energy = {}, .current = -2, .voltage = 0, .power_factor = -2});

constexpr ObisProfile norway{
    .meter_id = gs1_number, .meter_type = type_number, .scales = norwegian};
constexpr ObisProfile sweden{.meter_id = gs1_number, .meter_type = type_number, .scales = swedish};
constexpr ObisProfile norway_or_sweden{
    .meter_id = gs1_number, .meter_type = type_number, .scales = without_energy};
constexpr ObisProfile denmark{
    .meter_id = danish_number, .meter_type = type_number, .scales = norwegian};

std::string_view leading_id(const CosemValues& items) noexcept {
    if (items.container != dlms::DataType::structure || items.rows().empty() ||
        items.rows().front().code != nullptr)
        return {};
    return text_of(items.rows().front().value);
}

bool recognises(const CosemValues& items) {
    const auto id = leading_id(items);
    return id.starts_with(list_id_prefix) || id.starts_with(denmark_prefix);
}

// Without a complete type number it is not known whether energy is in units of 1 or 10 Wh. `known`
// is the type number of the previous list, which was complete if it had this size.
const ObisProfile& profile_of(const CosemValues& items, std::string_view id,
                              std::string_view known) noexcept {
    if (id.starts_with(denmark_prefix))
        return denmark;
    const auto type = std::ranges::find_if(items.rows(), [](const CosemValue& item) {
        return item.code != nullptr &&
               item.obis().is(type_number.a, type_number.c, type_number.d, type_number.e);
    });
    if (type == items.rows().end())
        return norway_or_sweden;
    const auto number = text_of(type->value);
    if (number.size() != type_size || (number != known && !is_printable(number)))
        return norway_or_sweden;
    return number.ends_with(sweden_type_suffix) ? sweden : norway;
}

std::expected<void, Error> read(CosemValues& items, List& list) {
    const auto id = leading_id(items);
    return read_obis_values(items, profile_of(items, id, list.meter_type), list, id);
}

} // namespace

extern const Manufacturer kamstrup{.name = "Kamstrup", .recognises = recognises, .read = read};

} // namespace han::list
