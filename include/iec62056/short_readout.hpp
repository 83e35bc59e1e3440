// The short readout of Multical III, 66 and 401, "/#1" (66-CDE technical description):
//
//   request  / # 1                              at 300 baud
//   answer   ddddddd ddddddd … ddddddd CR       at 1200 baud: ten fields of seven digits
//
// The fields have no units and no decimals: both follow from the meter's CCC code and must be
// configured. The parity of each character is the only check.
#pragma once

#include "iec62056/error.hpp"
#include "polled/readout.hpp"

#include <array>
#include <expected>
#include <string_view>

namespace iec62056 {

inline constexpr std::size_t short_fields = 10;

/// Value of a field's last digit: 10^exponent of the unit.
struct Scale {
    han::cosem::Unit unit = han::cosem::Unit::none;
    int exponent = 0;

    friend bool operator==(const Scale&, const Scale&) = default;
};

/// A field with the scale that one meter had, as reported in a forum.
struct ShortField {
    std::string_view name;
    std::optional<han::cosem::QuantityKind> kind{};
    Scale scale;
};
extern const std::array<ShortField, short_fields> short_field_table;

/// In the order of the fields.
using Scaling = std::array<Scale, short_fields>;
[[nodiscard]] Scaling default_scaling() noexcept;

/// Parses "0.01 GJ", "1 l/h", "0.1 kW": a power of ten and a unit; empty for others.
[[nodiscard]] std::optional<Scale> scale(std::string_view text) noexcept;

/// Adds an answer, without its CR, to the readout. Refuses anything except ten times seven digits
/// with single blanks between.
[[nodiscard]] std::expected<void, Error>
take_short_readout(std::string_view answer, const Scaling& scaling, polled::Readout& readout);

} // namespace iec62056
