// Landis+Gyr E350 in Norway, whose HAN module comes from Embriq: Aidon's form under the list id
// EMBRIQ_V1_1, the meter id padded with NUL. Its deviation is not documented and not used.
#include "han/list/manufacturers.hpp"
#include "han/list/obis_profile.hpp"

namespace han::list {
namespace {

constexpr std::string_view list_id_prefix = "EMBRIQ_";

constexpr ObisProfile profile{.meter_id = {0, 96, 1, 0}, .meter_type = {0, 96, 1, 7}, .scales = {}};

bool recognises(const CosemValues& items) {
    return items.container == dlms::DataType::array && list_id(items).starts_with(list_id_prefix);
}

std::expected<void, Error> read(CosemValues& items, List& list) {
    return read_obis_values(items, profile, list);
}

} // namespace

extern const Manufacturer landis_gyr{.name = "Landis+Gyr",
                                     .deviation_usable = false,
                                     .power_list_like = "Aidon",
                                     .recognises = recognises,
                                     .read = read};

} // namespace han::list
