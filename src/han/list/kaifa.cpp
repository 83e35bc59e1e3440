// Kaifa MA105 and MA304 lists (OBIS list KFM_001), scales not in the data: 1 W, 0.001 A, 0.1 V, 1
// Wh.
//
//   Norway   structure of values alone; their number tells which is which (the tables below), and
//            every one has to be of its type: octet-string for texts and clock,
//            double-long-unsigned, or null-data for a value that is not there
//   Sweden   structure of pairs of OBIS code and value
#include "han/list/manufacturers.hpp"
#include "han/list/obis_profile.hpp"

#include <span>

namespace han::list {
namespace {

// The six octets of a code, as they would stand in a message.
using Obis = std::array<std::uint8_t, cosem::Obis::size>;

constexpr std::string_view list_id_prefix = "KFM_";

constexpr ObisProfile profile{
    .meter_id = {0, 96, 1, 0},
    .meter_type = {0, 96, 1, 7},
    .scales = Scales({.power = 0, .energy = 0, .current = -3, .voltage = -1, .power_factor = {}})};

constexpr std::size_t type_at = 2; // of the meter type, in both tables
constexpr Obis active_power_import{1, 0, 1, 7, 0, 255};

// The hourly list; the live list is the same up to the clock.
constexpr auto three_phase = std::to_array<Obis>({
    {1, 0, 0, 2, 129, 255}, // list id
    {0, 0, 96, 1, 0, 255},  // meter id
    {0, 0, 96, 1, 7, 255},  // meter type
    {1, 0, 1, 7, 0, 255},   // P+
    {1, 0, 2, 7, 0, 255},   // P-
    {1, 0, 3, 7, 0, 255},   // Q+
    {1, 0, 4, 7, 0, 255},   // Q-
    {1, 0, 31, 7, 0, 255},  // I L1
    {1, 0, 51, 7, 0, 255},  // I L2
    {1, 0, 71, 7, 0, 255},  // I L3
    {1, 0, 32, 7, 0, 255},  // U L1
    {1, 0, 52, 7, 0, 255},  // U L2
    {1, 0, 72, 7, 0, 255},  // U L3
    {0, 0, 1, 0, 0, 255},   // clock
    {1, 0, 1, 8, 0, 255},   // A+
    {1, 0, 2, 8, 0, 255},   // A-
    {1, 0, 3, 8, 0, 255},   // R+
    {1, 0, 4, 8, 0, 255},   // R-
});
constexpr auto single_phase = std::to_array<Obis>({
    {1, 0, 0, 2, 129, 255}, // list id
    {0, 0, 96, 1, 0, 255},  // meter id
    {0, 0, 96, 1, 7, 255},  // meter type
    {1, 0, 1, 7, 0, 255},   // P+
    {1, 0, 2, 7, 0, 255},   // P-
    {1, 0, 3, 7, 0, 255},   // Q+
    {1, 0, 4, 7, 0, 255},   // Q-
    {1, 0, 31, 7, 0, 255},  // I L1
    {1, 0, 32, 7, 0, 255},  // U L1
    {0, 0, 1, 0, 0, 255},   // clock
    {1, 0, 1, 8, 0, 255},   // A+
    {1, 0, 2, 8, 0, 255},   // A-
    {1, 0, 3, 8, 0, 255},   // R+
    {1, 0, 4, 8, 0, 255},   // R-
});

// A table, and the beginnings of the meter types that cannot send it.
struct Layout {
    std::span<const Obis> codes; ///< none for a number of values that no Kaifa is known to send
    std::string_view other_type{};
};

// Meaning of each number of values. With one clock more or less, a list would have as many values
// as another list, but a different meter type: MA105 has one phase, MA304 three.
Layout layout_by_count(std::size_t count) noexcept {
    switch (count) {
    case 1:
        return {.codes = {&active_power_import, 1}};
    case 9:
    case 14:
        return {.codes = std::span(single_phase).first(count), .other_type = "MA3"};
    case 13:
    case 18:
        return {.codes = std::span(three_phase).first(count), .other_type = "MA1"};
    default:
        return {};
    }
}

bool is_power_list(const Head& head) noexcept {
    return head.count == 1 && head.first.tag == dlms::DataType::double_long_unsigned;
}

bool is_positional(const Head& head) noexcept {
    return is_power_list(head) || text_of(head.first).starts_with(list_id_prefix);
}

bool recognises(const CosemValues& items) {
    return items.container == dlms::DataType::structure && !items.rows().empty() &&
           (is_positional(structure_head(items)) || list_id(items).starts_with(list_id_prefix));
}

// A null clock does not count: the place of the clock distinguishes 13 values of three phases plus
// one from the hourly list of one phase.
bool fits(const dlms::Element& element, const Obis& code) noexcept {
    const auto obis = cosem::Obis::read(code.data());
    if (cosem::is_clock(obis))
        return element.tag == dlms::DataType::octet_string && element.count == dlms::DateTime::size;
    if (cosem::quantity(code.data()) == nullptr) // list id, meter id, meter type
        return element.tag == dlms::DataType::octet_string && is_printable(text_of(element));
    return element.tag == dlms::DataType::double_long_unsigned ||
           element.tag == dlms::DataType::null_data;
}

std::expected<void, Error> read_positions(CosemValues& items, List& list) {
    take_positions(items);
    const auto rows = items.rows();
    const auto [codes, other_type] = layout_by_count(rows.size());
    if (codes.empty() ||
        (!other_type.empty() && text_of(rows[type_at].value).starts_with(other_type)))
        return std::unexpected(Error::unknown_layout);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (!fits(rows[i].value, codes[i]))
            return std::unexpected(Error::unknown_layout);
        rows[i].code = codes[i].data();
    }
    return read_obis_values(items, profile, list);
}

std::expected<void, Error> read(CosemValues& items, List& list) {
    return is_positional(structure_head(items)) ? read_positions(items, list)
                                                : read_obis_values(items, profile, list);
}

} // namespace

extern const Manufacturer kaifa{.name = "Kaifa", .recognises = recognises, .read = read};

} // namespace han::list
