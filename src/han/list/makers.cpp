// The table of makers, and what is the same for all of them: kind and meter time.
#include "han/list/makers.hpp"

#include "han/list/dialect.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace han::list {
namespace {

// Unknown makers: whatever carries an OBIS code is kept, named by it. A number without scaler_unit
// stays as it was sent, without unit, because its scale is anybody's guess.
// A structure begins with a code or with the list's id, and a list id under a code is a text: a list
// whose id was replaced by something else may be anybody's, and its scales are not known.
bool has_codes(const Items& items) {
    const auto rows = items.rows();
    if (!items.is_coded || rows.empty() || rows.back().code == nullptr)
        return false;
    const dlms::Element first = structure_head(items).first;
    if (rows.front().code == nullptr
            ? text_of(first).empty()
            : items.container == dlms::Tag::structure && first.tag == dlms::Tag::null_data)
        return false;
    return !has_list_id(items) || !list_id(items).empty();
}

std::expected<void, Error> read_unknown(Items& items, List& list) {
    constexpr Dialect dialect{
        .meter_id = {0, 96, 1, 0}, .meter_type = {0, 96, 1, 7}, .scales = {}, .keeps_raw = true};
    const Item& first = items.rows().front();
    return read_pairs(items, dialect, list,
                      first.code != nullptr ? std::string_view{} : text_of(first.value));
}

const Maker unknown{.name = {}, .recognises = has_codes, .read = read_unknown};

const std::array makers{&kamstrup, &kaifa, &aidon, &landis_gyr, &unknown};

// Whether a power list of that form may be of a meter of that maker. Aidon's form is Landis+Gyr's too, and may
// be that of makers not known.
bool may_send(std::string_view maker, const Maker& form) noexcept {
    return maker == form.name ||
           (&form == &aidon && (maker == landis_gyr.name || maker == unknown.name));
}

void forget_meter(List& list, std::string_view maker) noexcept {
    list.manufacturer = maker;
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

KnownMeters::KnownMeters() {
    static_assert(std::tuple_size_v<decltype(list::makers)> == makers);
    constexpr std::size_t usual_id_size = 64;
    for (Meter& meter : meters_) {
        meter.id.reserve(usual_id_size);
        meter.type.reserve(usual_id_size);
    }
}

void KnownMeters::note(std::string_view maker, std::string_view id, std::string_view type) {
    auto meter = std::ranges::find_if(
        meters_, [maker](const Meter& each) { return each.heard != 0 && each.maker == maker; });
    if (meter == meters_.end())
        meter = std::ranges::find(meters_, 0U, &Meter::heard);
    meter->maker = maker;
    meter->id = id;
    meter->type = type;
    meter->heard = ++heard_;
}

const KnownMeters::Meter* KnownMeters::sender(const Maker& form) const noexcept {
    const Meter* newest = nullptr;
    for (const Meter& meter : meters_)
        if (meter.heard > (newest != nullptr ? newest->heard : 0) && may_send(meter.maker, form))
            newest = &meter;
    return newest;
}

std::expected<void, Error> read_list(Items& items, List& list, KnownMeters& known) {
    list.readings.clear();
    for (const Maker* const maker : makers) {
        if (!maker->recognises(items))
            continue;
        if (auto done = maker->read(items, list); !done)
            return done;
        if (list.readings.empty()) {
            forget_meter(list, {}); // a refused list names nobody's meter
            return std::unexpected(Error::no_values);
        }
        list.deviation_usable = maker->deviation_usable;
        if (list.kind != ListKind::power || list.names_meter) {
            list.manufacturer = maker->name;
            if (!list.meter_id.empty())
                known.note(maker->name, list.meter_id, list.meter_type);
        } else if (const auto* const sender = known.sender(*maker)) {
            list.manufacturer = sender->maker;
            list.meter_id = sender->id;
            list.meter_type = sender->type;
        } else {
            forget_meter(list, maker->name);
        }
        return {};
    }
    return std::unexpected(Error::unknown_list);
}

} // namespace han::list
