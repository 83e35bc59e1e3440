// A message's body as a flat row of items, the same for all makers:
//
//   Kamstrup, Kaifa Sweden   structure of octet-string(6) OBIS, value, OBIS, value …
//   Aidon, Landis+Gyr        array of structure { OBIS, value [, structure { integer scaler, enum
//   unit }] } Kaifa Norway             structure of values alone
//
// An octet-string of 6 octets is the OBIS code of the value behind it; a structure {integer, enum}
// behind a value is its scaler_unit (Blue Book 4.3.2); null-data where a code is due is passed
// over.
#pragma once

#include "han/cosem/obis.hpp"
#include "han/dlms/axdr.hpp"

#include <optional>
#include <vector>

namespace han::list {

struct ScalerUnit {
    std::int8_t scaler = 0;
    cosem::Unit unit = cosem::Unit::none;
};

struct Item {
    std::optional<cosem::Obis> obis;
    dlms::Element value;
    std::optional<ScalerUnit> scaler_unit;
};

struct Items {
    /// More values than any list has; the longest known one has 33.
    static constexpr std::size_t most = 512;

    dlms::Tag container = dlms::Tag::null_data; ///< of the body: structure or array
    std::vector<Item> rows;                     ///< capacity is kept from message to message
};

/// Flattens `body`, of which nothing may be left over, into `items`. Errors: those of dlms::Reader,
/// too_deep, too_many_elements, trailing_bytes.
[[nodiscard]] std::expected<void, dlms::Error> flatten(Bytes body, Items& items);

} // namespace han::list
