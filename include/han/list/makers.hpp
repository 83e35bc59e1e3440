// The table of makers: who recognises a message, reads it. One file a maker in src/han/list/.
#pragma once

#include "han/list/error.hpp"
#include "han/list/items.hpp"
#include "han/list/list.hpp"

#include <expected>
#include <span>

namespace han::list {

/// A row of the table.
struct Maker {
    std::string_view name; ///< "Kamstrup"; empty for the last row, which takes any OBIS-coded list
    bool deviation_usable = true;
    bool (*recognises)(const Items& items) = nullptr;
    /// Fills ids and readings of a list whose other fields are at their defaults. May complete the
    /// items, where a maker leaves codes out.
    std::expected<void, Error> (*read)(Items& items, List& list) = nullptr;
};

extern const Maker kamstrup;
extern const Maker kaifa;
extern const Maker aidon;
extern const Maker landis_gyr;

/// Reads the items of a message into `list`: maker, ids, kind, readings, and the meter time where
/// `list` has none and a clock is among the readings. Errors: unknown_list, unknown_layout,
/// no_values.
[[nodiscard]] std::expected<void, Error> read_list(Items& items, List& list);

} // namespace han::list
