// The table of makers, and what is the same for all of them: kind and meter time.
#include "han/list/makers.hpp"

#include "han/list/dialect.hpp"

#include <algorithm>

namespace han::list {
namespace {

using cosem::Kind;

// Unknown makers: whatever carries an OBIS code is kept, named by it. A number without scaler_unit
// stays as it was sent, without unit, because its scale is anybody's guess.
bool has_codes(const Items& items) {
    return std::ranges::any_of(items.rows, [](const Item& item) { return item.obis.has_value(); });
}

std::expected<void, Error> read_unknown(Items& items, List& list) {
    constexpr Dialect dialect{.meter_id = {0, 96, 1, 0}, .meter_type = {0, 96, 1, 7}, .scales = {}};
    if (!items.rows[0].obis)
        list.list_id = text_of(items.rows[0].value);
    read_pairs(items, dialect, list);
    return {};
}

const Maker unknown{.name = {}, .recognises = has_codes, .read = read_unknown};

ListKind kind_of(const List& list) noexcept {
    bool power_only = true;
    for (const cosem::Reading& reading : list.readings) {
        const auto* const quantity = cosem::quantity(reading.obis);
        if (quantity != nullptr &&
            (quantity->kind == Kind::active_energy || quantity->kind == Kind::reactive_energy ||
             quantity->kind == Kind::apparent_energy))
            return ListKind::hourly;
        if (quantity == nullptr || quantity->kind != Kind::active_power)
            power_only = false;
    }
    return power_only ? ListKind::power : ListKind::live;
}

void take_clock(List& list) noexcept {
    for (const cosem::Reading& reading : list.readings)
        if (cosem::is_clock(reading.obis))
            if (const auto* const time = std::get_if<dlms::DateTime>(&reading.value))
                list.meter_time = *time;
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
    for (const Maker* const maker : {&kamstrup, &kaifa, &aidon, &landis_gyr, &unknown}) {
        if (!maker->recognises(items))
            continue;
        list.manufacturer = maker->name;
        list.deviation_usable = maker->deviation_usable;
        if (auto done = maker->read(items, list); !done)
            return done;
        if (list.readings.empty())
            return std::unexpected(Error::no_values);
        list.kind = kind_of(list);
        if (!list.meter_time)
            take_clock(list);
        return {};
    }
    return std::unexpected(Error::unknown_list);
}

} // namespace han::list
