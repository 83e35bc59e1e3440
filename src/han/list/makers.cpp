// The table of makers, and what is the same for all of them: kind and meter time.
#include "han/list/makers.hpp"

#include "han/list/dialect.hpp"

#include <algorithm>
#include <array>

namespace han::list {
namespace {

// Unknown makers: whatever carries an OBIS code is kept, named by it. A number without scaler_unit
// stays as it was sent, without unit, because its scale is anybody's guess.
bool has_codes(const Items& items) {
    return std::ranges::any_of(items.rows(), [](const Item& item) { return item.code != nullptr; });
}

std::expected<void, Error> read_unknown(Items& items, List& list) {
    constexpr Dialect dialect{.meter_id = {0, 96, 1, 0}, .meter_type = {0, 96, 1, 7}, .scales = {}};
    const Item& first = items.rows().front();
    read_pairs(items, dialect, list,
               first.code != nullptr ? std::string_view{} : text_of(first.value));
    return {};
}

const Maker unknown{.name = {}, .recognises = has_codes, .read = read_unknown};

const std::array makers{&kamstrup, &kaifa, &aidon, &landis_gyr, &unknown};

// Whether a list that names no meter may come from the one that the list before came from: its form must be
// that maker's. Aidon's form is Landis+Gyr's too, and may be that of makers not known.
bool may_come_from_same(const List& list, const Maker& maker) noexcept {
    return list.manufacturer == maker.name ||
           (&maker == &aidon &&
            (list.manufacturer == landis_gyr.name || list.manufacturer == unknown.name));
}

void forget_meter(List& list) noexcept {
    list.manufacturer = {};
    list.meter_id.clear();
    list.meter_type.clear();
}

} // namespace

std::string_view text(ListKind kind) noexcept {
    switch (kind) {
    case ListKind::power:
        return "power";
    case ListKind::live:
        return "live";
    case ListKind::hourly:
        return "hourly";
    case ListKind::readout:
        return "readout";
    }
    return {};
}

std::string_view maker_name(std::string_view name) noexcept {
    const auto* const found = std::ranges::find(makers, name, &Maker::name);
    return found == makers.end() ? std::string_view{} : (*found)->name;
}

std::expected<void, Error> read_list(Items& items, List& list) {
    list.readings.clear();
    for (const Maker* const maker : makers) {
        if (!maker->recognises(items))
            continue;
        if (auto done = maker->read(items, list); !done)
            return done;
        if (list.readings.empty()) {
            forget_meter(list); // a refused list must not name the next one's meter
            return std::unexpected(Error::no_values);
        }
        const bool is_same = list.kind == ListKind::power && !list.names_meter &&
                             !list.meter_id.empty() && may_come_from_same(list, *maker);
        if (!is_same) {
            if (!list.names_meter && list.kind == ListKind::power)
                forget_meter(list);
            list.manufacturer = maker->name;
        }
        list.deviation_usable = maker->deviation_usable;
        return {};
    }
    return std::unexpected(Error::unknown_list);
}

} // namespace han::list
