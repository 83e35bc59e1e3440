// Data sets of IEC 62056-21: what a block holds.
//
//   id ( value * unit ) ( value ) …      id and unit may be missing; further groups tell for
//                                        instance when a maximum was
//
// Some meters have blanks between id and bracket, and end a line after each set; others do not.
#pragma once

#include <expected>
#include <string_view>
#include <vector>

#include "iec62056/error.hpp"
#include "readout/readout.hpp"

namespace iec62056 {

struct Group {
    std::string_view value;
    std::string_view unit; ///< empty without one
};

struct DataSet {
    std::string_view id; ///< may be empty
    std::vector<Group> groups;
};

/// The data sets of a block's text up to its "!". They point into `text`.
[[nodiscard]] std::expected<std::vector<DataSet>, Error> data_sets(std::string_view text);

/// What a unit means: "MWh" is Wh × 10^6.
struct Unit {
    std::string_view text;
    han::cosem::Unit unit = han::cosem::Unit::none;
    int exponent = 0;
};

/// Of its text, "kWh", "kvarh", "m3", whatever the case of its letters; null for others.
[[nodiscard]] const Unit* find_unit(std::string_view text) noexcept;

/// A number as meters write it, with point or comma, leading zeros and a sign; none for other
/// texts.
[[nodiscard]] std::optional<han::Decimal> number(std::string_view text) noexcept;

/// Takes the sets into the readout, as readings with names where the codes are known, and the
/// meter's number and clock.
void take(const std::vector<DataSet>& sets, readout::Readout& readout);

} // namespace iec62056
