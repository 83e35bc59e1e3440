// The table of manufacturers: the first whose recognises() returns true reads the message. One file a
// manufacturer in src/han/list/, one row in manufacturers.cpp; CONTRIBUTING.md says how to add one.
#pragma once

#include "han/list/cosem_values.hpp"
#include "han/list/error.hpp"
#include "han/list/list.hpp"

#include <expected>
#include <span>
#include <vector>

namespace han::list {

/// A row of the table.
struct Manufacturer {
    std::string_view name; ///< "Kamstrup"; empty for the last row, which takes any OBIS-coded list
    bool deviation_usable = true; ///< false where the deviation of its clock breaks the standard
    /// Whose power lists have the same form, so that the form alone does not tell; empty: nobody's.
    std::string_view power_list_like{};
    /// Whether the message is this manufacturer's. Called for every message of every meter, before it
    /// is known whether the values have codes: it has to check that there is a first value, and a code,
    /// before it looks at them, and must not recognise any list of another row. Neither throws nor
    /// keeps anything.
    bool (*recognises)(const CosemValues& items) = nullptr;
    /// Reads the values by read_obis_values in obis_profile.hpp; gives them codes before where the
    /// manufacturer sends none. Errors: unknown_layout where anything does not fit; no value is to be
    /// guessed.
    std::expected<void, Error> (*read)(CosemValues& items, List& list) = nullptr;
};

/// The known ones, in the order in which they are tried.
[[nodiscard]] std::span<const Manufacturer* const> manufacturers() noexcept;

/// The table's own copy of a manufacturer's name, which lives forever; empty if it has no row.
[[nodiscard]] std::string_view manufacturer_name(std::string_view name) noexcept;

/// The meters of a stream, which power lists do not name: of each manufacturer the one of its newest
/// longer list. Lists of others in between change nothing in that.
class KnownMeters {
  public:
    struct Meter {
        std::string_view manufacturer;
        std::string id;
        std::string type;
        std::uint64_t heard = 0; ///< the place in the order that they were named in; 0: never
    };

    KnownMeters();

    /// `manufacturer` is a name of the table.
    void note(std::string_view manufacturer, std::string_view id, std::string_view type);

    /// Whose a power list is that has this manufacturer's form; null if no such meter is known.
    [[nodiscard]] const Meter* sender(const Manufacturer& form) const noexcept;

  private:
    std::vector<Meter> meters_; // one for each row of the table
    std::uint64_t heard_ = 0;
};

/// Reads the items of a message into `list`, whose meter time is the APDU's. A power list has the meter
/// of the newest longer list of its manufacturer in `known`. Errors: unknown_list, unknown_layout,
/// no_values.
[[nodiscard]] std::expected<void, Error> read_list(CosemValues& items, List& list,
                                                   KnownMeters& known);

} // namespace han::list
