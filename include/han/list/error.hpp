// Why a well-formed message did not give a list.
#pragma once

#include "han/base/reason.hpp"

#include <cstdint>

namespace han::list {

enum class Error : std::uint8_t {
    unknown_list,   ///< neither a known manufacturer's list nor one whose values carry OBIS codes
    unknown_layout, ///< a known manufacturer's list with unknown elements
    no_values       ///< a list that holds only names
};

[[nodiscard]] Reason reason(Error error) noexcept;

} // namespace han::list
