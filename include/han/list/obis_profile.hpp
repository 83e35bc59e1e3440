// What manufacturers of OBIS-coded lists do differently: where they put their ids, and which scales they
// mean where they send none.
#pragma once

#include "han/list/cosem_values.hpp"
#include "han/list/error.hpp"
#include "han/list/list.hpp"

#include <array>
#include <expected>
#include <optional>

namespace han::list {

/// A code by medium and C.D.E.
struct Code {
    std::uint8_t a, c, d, e;
};

/// A manufacturer's power of ten, where its documents state one.
using Exponent = std::optional<std::int8_t>;

/// Powers of ten by kind of quantity.
class Scales {
  public:
    struct Stated {
        Exponent power; ///< active, reactive, apparent
        Exponent energy;
        Exponent current;
        Exponent voltage;
        Exponent power_factor;
    };

    constexpr Scales() = default;
    constexpr explicit Scales(const Stated& stated)
        : exponents_{stated.power,        stated.power,  stated.power,   stated.energy,
                     stated.energy,       stated.energy, stated.current, stated.voltage,
                     stated.power_factor, Exponent{}} {}

    [[nodiscard]] constexpr Exponent of(cosem::Kind kind) const noexcept {
        return exponents_[static_cast<std::size_t>(kind)];
    }

  private:
    std::array<Exponent, cosem::kinds> exponents_{}; // in the order of Kind
};

struct ObisProfile {
    Code meter_id;
    Code meter_type;
    Scales scales;
    /// Whether a quantity's number without any scale stays as it was sent, without a unit. Only for
    /// manufacturers that are not known: a known one's list without a scale is not what it seems.
    bool keeps_raw = false;
};

/// The list id sent under OBIS, 1-x:0.2.129; empty if there is none, or if it is no text.
[[nodiscard]] std::string_view list_id(const CosemValues& items) noexcept;

/// Whether there is a value under that code, whatever its type.
[[nodiscard]] bool has_list_id(const CosemValues& items) noexcept;

/// The characters of a string element without padding (NUL, blank); empty if it is no string.
[[nodiscard]] std::string_view text_of(const dlms::Element& element) noexcept;

/// Printable ASCII, at least one character.
[[nodiscard]] bool is_printable(std::string_view text) noexcept;

/// Reads all of `items` into `list`, which holds the stream's list before: a power list keeps its
/// ids. Kind, and where the list has none its meter time, follow from the readings. In-line
/// scaler_units go before the profile's scales. `leading_id` is the list id where it is sent without
/// a code. Error: unknown_layout, where the items are not coded, or where a quantity's number has no
/// scale; `list` is not to be used then.
[[nodiscard]] std::expected<void, Error> read_obis_values(const CosemValues& items,
                                                          const ObisProfile& profile, List& list,
                                                          std::string_view leading_id = {});

} // namespace han::list
