// The table of manufacturers, and the common part for all of them: kind and meter time.
#include "han/list/manufacturers.hpp"

#include "han/list/obis_profile.hpp"

#include <algorithm>
#include <array>

namespace han::list {

// Each one has a file of its own and a row in the table.
extern const Manufacturer kamstrup;
extern const Manufacturer kaifa;
extern const Manufacturer aidon;
extern const Manufacturer landis_gyr;

namespace {

constexpr std::array table{&kamstrup, &kaifa, &aidon, &landis_gyr};

// Unknown manufacturers: every value with an OBIS code is kept under that code. A number without
// scaler_unit stays as sent, without a unit, because its scale is not known. A structure begins
// with a code or with the list id, and a list id under a code is a text. A list with something else
// in place of the id may be from any manufacturer, so its scales are not known.
bool has_codes(const CosemValues& items) {
    const auto rows = items.rows();
    if (!items.is_coded || rows.empty() || rows.back().code == nullptr)
        return false;
    const dlms::Element first = structure_head(items).first;
    if (rows.front().code == nullptr ? text_of(first).empty()
                                     : items.container == dlms::DataType::structure &&
                                           first.tag == dlms::DataType::null_data)
        return false;
    return !has_list_id(items) || !list_id(items).empty();
}

std::expected<void, Error> read_unknown(CosemValues& items, List& list) {
    constexpr ObisProfile profile{
        .meter_id = {0, 96, 1, 0}, .meter_type = {0, 96, 1, 7}, .scales = {}, .keeps_raw = true};
    const CosemValue& first = items.rows().front();
    return read_obis_values(items, profile, list,
                            first.code != nullptr ? std::string_view{} : text_of(first.value));
}

// Its power list looks like Aidon's.
const Manufacturer unknown{
    .name = {}, .power_list_like = "Aidon", .recognises = has_codes, .read = read_unknown};

constexpr auto rows = [] {
    std::array<const Manufacturer*, table.size() + 1> all{};
    std::ranges::copy(table, all.begin());
    all.back() = &unknown;
    return all;
}();

const Manufacturer* row_of(std::string_view name) noexcept {
    const auto* const found = std::ranges::find(rows, name, &Manufacturer::name);
    return found == rows.end() ? nullptr : *found;
}

void forget_meter(List& list, std::string_view manufacturer) noexcept {
    list.manufacturer = manufacturer;
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

std::span<const Manufacturer* const> manufacturers() noexcept {
    return table;
}

std::string_view manufacturer_name(std::string_view name) noexcept {
    const Manufacturer* const row = row_of(name);
    return row == nullptr ? std::string_view{} : row->name;
}

KnownMeters::KnownMeters() : meters_(rows.size()) {
    constexpr std::size_t usual_id_size = 64;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        meters_[i].manufacturer = rows[i]->name;
        meters_[i].id.reserve(usual_id_size);
        meters_[i].type.reserve(usual_id_size);
    }
}

void KnownMeters::note(std::string_view manufacturer, std::string_view id, std::string_view type) {
    // The names are those of the table, so that the same name is the same text in memory.
    const auto meter = std::ranges::find(
        meters_, manufacturer.data(), [](const Meter& each) { return each.manufacturer.data(); });
    if (meter == meters_.end())
        return;
    assign(meter->id, id);
    assign(meter->type, type);
    meter->heard = ++heard_;
}

const KnownMeters::Meter* KnownMeters::sender(const Manufacturer& form) const noexcept {
    const Meter* newest = nullptr;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (meters_[i].heard > (newest != nullptr ? newest->heard : 0) &&
            (rows[i] == &form || (!form.name.empty() && rows[i]->power_list_like == form.name)))
            newest = &meters_[i];
    return newest;
}

std::expected<void, Error> read_list(CosemValues& items, List& list, KnownMeters& known) {
    list.readings.clear();
    for (const Manufacturer* const manufacturer : rows) {
        if (!manufacturer->recognises(items))
            continue;
        if (auto done = manufacturer->read(items, list); !done)
            return done;
        if (list.readings.empty()) {
            forget_meter(list, {}); // a refused list names no meter
            return std::unexpected(Error::no_values);
        }
        list.deviation_usable = manufacturer->deviation_usable;
        if (list.kind != ListKind::power || list.names_meter) {
            list.manufacturer = manufacturer->name;
            if (!list.meter_id.empty())
                known.note(manufacturer->name, list.meter_id, list.meter_type);
        } else if (const auto* const sender = known.sender(*manufacturer)) {
            list.manufacturer = sender->manufacturer;
            list.meter_id = sender->id;
            list.meter_type = sender->type;
        } else {
            forget_meter(list, manufacturer->name);
        }
        return {};
    }
    return std::unexpected(Error::unknown_list);
}

} // namespace han::list
