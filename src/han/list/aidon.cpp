// Aidon 65xx lists. An array of structures { OBIS code, value [, scaler_unit] }; every number
// carries its scaler and unit (interface description v1.1A). The clock's deviation is 0 or +60,
// contrary to the standard, and so of no use.
//
//   Norway   list id AIDON_V0001 under 1-1:0.2.129; the power list is its one number
//   Sweden   no list id, no meter id, the clock first
#include "han/list/dialect.hpp"
#include "han/list/makers.hpp"

namespace han::list {
namespace {

constexpr std::string_view list_id_prefix = "AIDON_";

constexpr Dialect dialect{.meter_id = {0, 96, 1, 0}, .meter_type = {0, 96, 1, 7}, .scales = {}};

bool is_power_list(const Items& items) noexcept {
    return items.rows.size() == 1 && items.rows[0].scaler_unit &&
           items.rows[0].obis->is(1, 1, 7, 0);
}

bool is_swedish(const Items& items) noexcept {
    return items.rows.size() > 1 && cosem::is_clock(*items.rows[0].obis) &&
           items.rows[1].scaler_unit.has_value();
}

bool recognises(const Items& items) {
    if (items.container != dlms::Tag::array || items.rows.empty() || !items.rows[0].obis)
        return false;
    const auto id = list_id(items);
    return id.starts_with(list_id_prefix) ||
           (id.empty() && (is_power_list(items) || is_swedish(items)));
}

std::expected<void, Error> read(Items& items, List& list) {
    read_pairs(items, dialect, list);
    return {};
}

} // namespace

const Maker aidon{
    .name = "Aidon", .deviation_usable = false, .recognises = recognises, .read = read};

} // namespace han::list
