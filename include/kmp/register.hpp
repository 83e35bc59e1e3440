// The registers of Kamstrup's meters by name: heat, cooling and water (Kamstrup 5512-447 and the
// later meters that kept its numbers), and electricity.
#pragma once

#include "han/cosem/obis.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace kmp {

struct Register {
    std::uint16_t id = 0;
    std::string_view name;                  ///< stable: "heat_energy"
    std::optional<han::cosem::Kind> kind{}; ///< none: a date, a number of something, a setting
};

/// Null for an id that is not in the table.
[[nodiscard]] const Register* find_register(std::uint16_t id) noexcept;

/// Of a name, or of an id as people write it, "60" or "0x3C"; none if it is neither.
[[nodiscard]] std::optional<std::uint16_t> register_id(std::string_view text) noexcept;

/// All rows, by id.
[[nodiscard]] std::span<const Register> registers() noexcept;

} // namespace kmp
