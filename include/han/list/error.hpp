// Why a well-formed message gave no list.
#pragma once

#include "han/base/reason.hpp"

#include <cstdint>

namespace han::list {

enum class Error : std::uint8_t {
    unknown_list, ///< neither a known manufacturer's list nor one whose values carry OBIS codes
    unknown_layout, ///< a known manufacturer's list with another number of elements, or others, than known
    no_values ///< a list that holds nothing but names
};

[[nodiscard]] Reason reason(Error error) noexcept;

} // namespace han::list
