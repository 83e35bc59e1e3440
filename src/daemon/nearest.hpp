// "Unknown key partiy, perhaps parity": the nearest known word to one that is mistyped.
#pragma once

#include <span>
#include <string_view>

namespace hanport {

/// The word of `known` that `word` most likely means; empty if none is near. Near is: a third of
/// its letters wrong, missing, too many or swapped with their neighbours, and one at least; else
/// that one begins with the other.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::span<const std::string_view> known);

} // namespace hanport
