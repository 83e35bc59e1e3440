// Landis+Gyr E350 in Norway, whose HAN module comes from Embriq: Aidon's form under the list id
// EMBRIQ_V1_1, the meter id padded with NUL. Its deviation is not documented and not used.
#include "han/list/dialect.hpp"
#include "han/list/makers.hpp"

namespace han::list {
namespace {

constexpr std::string_view list_id_prefix = "EMBRIQ_";

constexpr Dialect dialect{.meter_id = {0, 96, 1, 0}, .meter_type = {0, 96, 1, 7}, .scales = {}};

bool recognises(const Items& items) {
    return items.container == dlms::Tag::array && list_id(items).starts_with(list_id_prefix);
}

std::expected<void, Error> read(Items& items, List& list) {
    return read_pairs(items, dialect, list);
}

} // namespace

const Maker landis_gyr{
    .name = "Landis+Gyr", .deviation_usable = false, .recognises = recognises, .read = read};

} // namespace han::list
