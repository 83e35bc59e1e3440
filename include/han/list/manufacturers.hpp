// Table of manufacturers; the first whose recognises() returns true parses the message. Each
// manufacturer has one file in src/han/list/ and one row in manufacturers.cpp; CONTRIBUTING.md says
// how to add one.
#pragma once

#include "han/list/cosem_values.hpp"
#include "han/list/error.hpp"
#include "han/list/list.hpp"

#include <expected>
#include <span>
#include <vector>

namespace han::list {

/// One row of the table.
struct Manufacturer {
    std::string_view name; ///< "Kamstrup"; empty for the last row, which takes any OBIS-coded list
    bool deviation_usable = true; ///< false if the deviation of its clock breaks the standard
    /// Manufacturer whose power lists have the same form, so that the form alone is ambiguous;
    /// empty: none.
    std::string_view power_list_like{};
    /// True if the message is from this manufacturer. Called for every message of every meter,
    /// before it is known whether the values have codes. It must check that there is a first value,
    /// and a code, before it uses them. It must not recognise a list of another row, throw, or keep
    /// any data.
    bool (*recognises)(const CosemValues& items) = nullptr;
    /// Reads the values with read_obis_values of obis_profile.hpp, after it has added the codes if
    /// the manufacturer sends none. Returns unknown_layout if anything does not match; it must
    /// never guess a value.
    std::expected<void, Error> (*read)(CosemValues& items, List& list) = nullptr;
};

/// The known manufacturers, in the order in which they are tried.
[[nodiscard]] std::span<const Manufacturer* const> manufacturers() noexcept;

/// The table's own copy of a manufacturer's name, valid forever; empty if the table has no such
/// row.
[[nodiscard]] std::string_view manufacturer_name(std::string_view name) noexcept;

/// The meters of a stream. Power lists name no meter, so the meter of each manufacturer's newest
/// longer list is kept here. Lists of other manufacturers in between do not change it.
class KnownMeters {
  public:
    struct Meter {
        std::string_view manufacturer;
        std::string id;
        std::string type;
        std::uint64_t heard = 0; ///< counts up with each named meter; 0: never heard
    };

    KnownMeters();

    /// `manufacturer` is a name from the table.
    void note(std::string_view manufacturer, std::string_view id, std::string_view type);

    /// The meter of a power list in the form of this manufacturer; null if no such meter is known.
    [[nodiscard]] const Meter* sender(const Manufacturer& form) const noexcept;

  private:
    std::vector<Meter> meters_; // one for each row of the table
    std::uint64_t heard_ = 0;
};

/// Reads the values of a message into `list`, whose meter time is that of the APDU. For a power
/// list the meter comes from the newest longer list of its manufacturer in `known`. Errors:
/// unknown_list, unknown_layout, no_values.
[[nodiscard]] std::expected<void, Error> read_list(CosemValues& items, List& list,
                                                   KnownMeters& known);

} // namespace han::list
