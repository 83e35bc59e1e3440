// What makers of OBIS-coded lists do differently: where they put their ids, and which scales they
// mean where they send none.
#pragma once

#include "han/list/items.hpp"
#include "han/list/list.hpp"

#include <array>

namespace han::list {

/// A code by medium and C.D.E.
struct Code {
    std::uint8_t a, c, d, e;
};

/// Power of ten by kind of quantity; none where the maker's documents state no scale.
struct Scales {
    std::optional<std::int8_t> power;
    std::optional<std::int8_t> energy;
    std::optional<std::int8_t> current;
    std::optional<std::int8_t> voltage;
    std::optional<std::int8_t> power_factor;

    [[nodiscard]] std::optional<std::int8_t> of(cosem::Kind kind) const noexcept;
};

struct Dialect {
    Code meter_id;
    Code meter_type;
    Scales scales;
};

/// The list id sent under OBIS, 1-x:0.2.129; empty if there is none.
[[nodiscard]] std::string_view list_id(const Items& items) noexcept;

/// The text of a string element without padding (NUL, blank); empty if it is no printable text.
[[nodiscard]] std::string_view text_of(const dlms::Element& element) noexcept;

/// Moves ids and readings into `list`. In-line scaler_units go before the dialect's scales; a
/// number with neither stays raw and has no unit.
void read_pairs(const Items& items, const Dialect& dialect, List& list);

} // namespace han::list
