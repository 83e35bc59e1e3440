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

/// What of a block is no data set.
struct BadDataSet {
    std::size_t at = 0;    ///< where it begins in the block's text
    std::string_view text; ///< its line, at most 40 characters of it, all of them printable
};

/// The data sets of a block's text up to its "!". They, and what is no data set, point into `text`.
[[nodiscard]] std::expected<std::vector<DataSet>, BadDataSet> data_sets(std::string_view text);

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

[[nodiscard]] bool is_digits(std::string_view text) noexcept;

/// A time stamp of digits, yymmddhhmmss: also with two zeros in front, without seconds, or with a digit
/// for the season in front, 1 in summer; none for other texts.
[[nodiscard]] std::optional<han::dlms::DateTime> time_of(std::string_view text);

/// A date and a time of day that a meter sends apart: "260815" or "2026-08-15", and "142530" or
/// "14:25:30", with or without a digit for the season; none for other texts.
[[nodiscard]] std::optional<han::dlms::DateTime> time_of(std::string_view date,
                                                         std::string_view time);

/// Takes the sets into the readout, as readings with names where the codes are known, and the
/// meter's number and clock.
void take(const std::vector<DataSet>& sets, readout::Readout& readout);

} // namespace iec62056
