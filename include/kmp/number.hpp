// Numbers and units of KMP (Kamstrup 5512-447):
//
//   value = (-1)^SI × mantissa × 10^(±E)
//   sign/exponent octet: bit 7 SI, bit 6 sign of the exponent, bits 5–0 E
//   mantissa: unsigned, most significant octet first
#pragma once

#include "han/base/bytes.hpp"
#include "han/base/decimal.hpp"
#include "han/cosem/unit.hpp"

#include <optional>

namespace kmp {

/// The exact number; empty if the mantissa is empty or does not fit into 64 bits.
[[nodiscard]] std::optional<han::Decimal> number(std::uint8_t sign_exponent,
                                                 han::Bytes mantissa) noexcept;

/// Meaning of a unit number.
struct Unit {
    std::string_view text;                          ///< as Kamstrup writes it: "MWh"
    han::cosem::Unit unit = han::cosem::Unit::none; ///< the same in COSEM
    int exponent = 0;                               ///< MWh = 10^6 Wh
    bool is_foreign = false; ///< COSEM has no such unit: numbers stay in `text`
};

inline constexpr std::uint8_t unit_clock = 47;
inline constexpr std::uint8_t unit_date = 48;

/// The unit with that number; empty above the last one, 64.
[[nodiscard]] const Unit* unit(std::uint8_t number) noexcept;

} // namespace kmp
