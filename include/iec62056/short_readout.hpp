// The short readout of Multical III, 66 and 401, "/#1" (66-CDE technical description):
//
//   request  / # 1                              at 300 baud
//   answer   ddddddd ddddddd … ddddddd CR       at 1200 baud: ten fields of seven digits
//
// The fields have no units and no decimals; these follow the meter's CCC code and have to be
// configured. There is no check sum but the parity of each character.
#pragma once

#include <array>
#include <expected>
#include <string_view>

#include "iec62056/error.hpp"
#include "readout/readout.hpp"

namespace iec62056 {

inline constexpr std::size_t short_fields = 10;

/// What the last digit of a field is worth: 10^exponent of the unit.
struct Scale {
    han::cosem::Unit unit = han::cosem::Unit::none;
    int exponent = 0;

    friend bool operator==(const Scale&, const Scale&) = default;
};

/// A field, with the scale that one meter in a forum had.
struct ShortField {
    std::string_view name;
    std::optional<han::cosem::Kind> kind{};
    Scale scale;
};
extern const std::array<ShortField, short_fields> short_field_table;

/// In the order of the fields.
using Scaling = std::array<Scale, short_fields>;
[[nodiscard]] Scaling default_scaling() noexcept;

/// "0.01 GJ", "1 l/h", "0.1 kW": a power of ten and a unit; none for others.
[[nodiscard]] std::optional<Scale> scale(std::string_view text) noexcept;

/// Takes an answer, without its CR, into the readout; refuses anything but ten times seven digits
/// with single blanks between.
[[nodiscard]] std::expected<void, Error>
take_short_readout(std::string_view answer, const Scaling& scaling, readout::Readout& readout);

} // namespace iec62056
