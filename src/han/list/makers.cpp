// The table of makers, and what is the same for all of them: kind and meter time.
#include "han/list/makers.hpp"

#include "han/list/dialect.hpp"

#include <algorithm>

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

// A power list names no meter: it comes from the one that a longer list named before. Until there
// was one its own form tells the maker.
bool keeps_maker(const List& list) noexcept {
    return list.kind == ListKind::power && !list.meter_id.empty();
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
    }
    return {};
}

std::expected<void, Error> read_list(Items& items, List& list) {
    list.readings.clear();
    for (const Maker* const maker : {&kamstrup, &kaifa, &aidon, &landis_gyr, &unknown}) {
        if (!maker->recognises(items))
            continue;
        if (auto done = maker->read(items, list); !done)
            return done;
        if (list.readings.empty())
            return std::unexpected(Error::no_values);
        if (!keeps_maker(list))
            list.manufacturer = maker->name;
        list.deviation_usable = maker->deviation_usable;
        return {};
    }
    return std::unexpected(Error::unknown_list);
}

} // namespace han::list
