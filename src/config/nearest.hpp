// "Unknown key partiy, perhaps parity": the known word nearest to a mistyped one.
#pragma once

#include <span>
#include <string_view>

namespace hanport::config {

/// The word in `known` that `word` most likely means; empty if none is near. Near means: at most a
/// third of its letters (but at least one) are wrong, missing, added or swapped with a neighbour,
/// or one word begins with the other.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::span<const std::string_view> known);

} // namespace hanport::config
