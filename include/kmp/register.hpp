// The registers of Kamstrup meters by name: heat, cooling and water (Kamstrup 5512-447, and later
// meters with the same numbers), and electricity.
#pragma once

#include "han/cosem/obis.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace kmp {

struct Register {
    std::uint16_t id = 0;
    std::string_view name; ///< stable: "heat_energy"
    std::optional<han::cosem::QuantityKind>
        kind{}; ///< empty: a date, a count of something, a setting
};

/// Null if the id is not in the table.
[[nodiscard]] const Register* find_register(std::uint16_t id) noexcept;

/// Parses a name or an id, "60" or "0x3C"; empty if it is neither.
[[nodiscard]] std::optional<std::uint16_t> register_id(std::string_view text) noexcept;

/// All rows, ordered by id.
[[nodiscard]] std::span<const Register> registers() noexcept;

} // namespace kmp
