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
    /// Reads the items by read_pairs in dialect.hpp; completes them before where a maker leaves
    /// codes out.
    std::expected<void, Error> (*read)(Items& items, List& list) = nullptr;
};

extern const Maker kamstrup;
extern const Maker kaifa;
extern const Maker aidon;
extern const Maker landis_gyr;

/// The table's own copy of a maker's name, which lives for ever; empty if it is none of the table.
[[nodiscard]] std::string_view maker_name(std::string_view name) noexcept;

/// Reads the items of a message into `list`, whose meter time is the APDU's; its other fields are
/// those of the stream's list before, and a power list keeps maker, meter id and type from there if
/// it has a meter id. Errors: unknown_list, unknown_layout, no_values.
[[nodiscard]] std::expected<void, Error> read_list(Items& items, List& list);

} // namespace han::list
