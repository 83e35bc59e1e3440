// The table of makers: who recognises a message, reads it. One file a maker in src/han/list/.
#pragma once

#include "han/list/error.hpp"
#include "han/list/items.hpp"
#include "han/list/list.hpp"

#include <array>
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

/// The meters of a stream, which power lists do not name: of each maker the one of its newest longer
/// list. Lists of others in between change nothing in that.
class KnownMeters {
  public:
    struct Meter {
        std::string_view maker;
        std::string id;
        std::string type;
        std::uint64_t heard = 0; ///< the place in the order that they were named in; 0: never
    };

    KnownMeters();

    void note(std::string_view maker, std::string_view id, std::string_view type);

    /// Whose a power list is that has this maker's form; null if no such meter is known.
    [[nodiscard]] const Meter* sender(const Maker& form) const noexcept;

  private:
    static constexpr std::size_t makers = 5;

    std::array<Meter, makers> meters_;
    std::uint64_t heard_ = 0;
};

/// Reads the items of a message into `list`, whose meter time is the APDU's. A power list has the meter
/// of the newest longer list of its maker in `known`. Errors: unknown_list, unknown_layout, no_values.
[[nodiscard]] std::expected<void, Error> read_list(Items& items, List& list, KnownMeters& known);

} // namespace han::list
