// Data sets of IEC 62056-21: the contents of a block.
//
//   id ( value * unit ) ( value ) …      id and unit may be missing; further groups give, for
//                                        example, the time of a maximum
//
// Some meters put blanks between id and bracket and end the line after each set; others do not.
#pragma once

#include "iec62056/error.hpp"
#include "polled/readout.hpp"

#include <expected>
#include <string_view>
#include <vector>

namespace iec62056 {

struct Group {
    std::string_view value;
    std::string_view unit; ///< empty if there is none
};

struct DataSet {
    std::string_view id; ///< may be empty
    std::vector<Group> groups;
};

/// A part of a block that is not a data set.
struct BadDataSet {
    std::size_t at = 0;    ///< where it begins in the block's text
    std::string_view text; ///< its line, at most 40 printable characters
};

/// The data sets of a block's text up to its "!". They and the parts that are not data sets point
/// into `text`.
[[nodiscard]] std::expected<std::vector<DataSet>, BadDataSet> data_sets(std::string_view text);

/// Meaning of a unit: "MWh" is Wh × 10^6.
struct Unit {
    std::string_view text;
    han::cosem::Unit unit = han::cosem::Unit::none;
    int exponent = 0;
};

/// The unit with this text ("kWh", "kvarh", "m3"), in upper or lower case; null for others.
[[nodiscard]] const Unit* find_unit(std::string_view text) noexcept;

/// A number as meters write it: with a point or a comma, leading zeros and a sign. Empty for other
/// texts.
[[nodiscard]] std::optional<han::Decimal> number(std::string_view text) noexcept;

[[nodiscard]] bool is_digits(std::string_view text) noexcept;

/// A time stamp of digits, yymmddhhmmss. Also accepted: two leading zeros, no seconds, or a leading
/// digit for the season (1 is summer). Empty for other texts.
[[nodiscard]] std::optional<han::dlms::DateTime> time_of(std::string_view text);

/// A date and a time of day in separate values: "260815" or "2026-08-15", and "142530" or
/// "14:25:30", with or without a digit for the season. Empty for other texts.
[[nodiscard]] std::optional<han::dlms::DateTime> time_of(std::string_view date,
                                                         std::string_view time);

/// Adds the sets to the readout as readings, with names if the codes are known, and sets the
/// meter's number and clock.
void take(const std::vector<DataSet>& sets, polled::Readout& readout);

} // namespace iec62056
