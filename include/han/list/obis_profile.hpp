// Differences between manufacturers of OBIS-coded lists: the codes of their ids, and the scales if
// the list has none.
#pragma once

#include "han/list/cosem_values.hpp"
#include "han/list/error.hpp"
#include "han/list/list.hpp"

#include <array>
#include <expected>
#include <optional>
#include <string>

namespace han::list {

/// A code by medium and C.D.E.
struct Code {
    std::uint8_t a, c, d, e;
};

/// A manufacturer's power of ten, if its documents state one.
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
    constexpr explicit Scales(const Stated& stated) {
        using enum cosem::QuantityKind;
        for (const cosem::QuantityKind kind : {active_power, reactive_power, apparent_power})
            at(kind) = stated.power;
        for (const cosem::QuantityKind kind : {active_energy, reactive_energy, apparent_energy})
            at(kind) = stated.energy;
        at(current) = stated.current;
        at(voltage) = stated.voltage;
        at(power_factor) = stated.power_factor;
    }

    [[nodiscard]] constexpr Exponent of(cosem::QuantityKind kind) const noexcept {
        return exponents_[static_cast<std::size_t>(kind)];
    }

  private:
    constexpr Exponent& at(cosem::QuantityKind kind) {
        return exponents_[static_cast<std::size_t>(kind)];
    }

    std::array<Exponent, cosem::kinds> exponents_{}; // by kind
};

struct ObisProfile {
    Code meter_id;
    Code meter_type;
    Scales scales;
    /// If true, a number without a scale is kept as sent, without a unit. Only for unknown
    /// manufacturers: a list without a scale from a known manufacturer has been recognised wrongly.
    bool keeps_raw = false;
};

/// The list id under OBIS 1-x:0.2.129; empty if there is none or if it is not a text.
[[nodiscard]] std::string_view list_id(const CosemValues& items) noexcept;

/// True if there is a value under that code, of any type.
[[nodiscard]] bool has_list_id(const CosemValues& items) noexcept;

/// The characters of a string element without padding (NUL, blank); empty if it is not a string.
[[nodiscard]] std::string_view text_of(const dlms::Element& element) noexcept;

/// Printable ASCII, at least one character.
[[nodiscard]] bool is_printable(std::string_view text) noexcept;

/// Copies `text` only if it differs: meters repeat their ids in every list.
inline void assign(std::string& id, std::string_view text) {
    if (id != text)
        id = text;
}

/// Reads all of `items` into `list`, which still holds the previous list of the stream: a power
/// list keeps its ids. The kind follows from the readings, and so does the meter time if the list
/// has none. In-line scaler_units take precedence over the profile's scales. `leading_id` is the
/// list id if it is sent without a code. Returns unknown_layout if the items are not coded or a
/// number has no scale; `list` must not be used then.
[[nodiscard]] std::expected<void, Error> read_obis_values(const CosemValues& items,
                                                          const ObisProfile& profile, List& list,
                                                          std::string_view leading_id = {});

} // namespace han::list
