// Aidon 65xx lists. An array of structures { OBIS code, value [, scaler_unit] }; every number has
// its scaler and unit (interface description v1.1A). The clock's deviation is 0 or +60, contrary to
// the standard, so it is not used.
//
//   Norway   list id AIDON_V0001 under 1-1:0.2.129; the power list is its one number
//   Sweden   no list id, no meter id, the clock first
#include "han/list/manufacturers.hpp"
#include "han/list/obis_profile.hpp"

namespace han::list {
namespace {

constexpr std::string_view list_id_prefix = "AIDON_";

constexpr ObisProfile profile{.meter_id = {0, 96, 1, 0}, .meter_type = {0, 96, 1, 7}, .scales = {}};

bool is_power_list(std::span<const CosemValue> rows) noexcept {
    return rows.size() == 1 && rows[0].has_scaler_unit && rows[0].obis().is(1, 1, 7, 0);
}

bool is_swedish(std::span<const CosemValue> rows) noexcept {
    return rows.size() > 1 && cosem::is_clock(rows[0].obis()) && rows[1].has_scaler_unit;
}

bool recognises(const CosemValues& items) {
    const auto rows = items.rows();
    if (items.container != dlms::DataType::array || rows.empty() || rows[0].code == nullptr)
        return false;
    const auto id = list_id(items);
    return id.starts_with(list_id_prefix) ||
           (id.empty() && (is_power_list(rows) || is_swedish(rows)));
}

std::expected<void, Error> read(CosemValues& items, List& list) {
    return read_obis_values(items, profile, list);
}

} // namespace

extern const Manufacturer aidon{
    .name = "Aidon", .deviation_usable = false, .recognises = recognises, .read = read};

} // namespace han::list
