// JSON that others wrote: what is retained at the broker may be anybody's.
#pragma once

#include <nlohmann/json.hpp>

#include <string_view>

namespace hanport {

/// The object that `text` is; an empty one where it is none, too large to be ours, or so deep that
/// copying or writing it would take the stack. Does not throw.
[[nodiscard]] nlohmann::ordered_json foreign_object(std::string_view text);

/// The text under `key`, or `otherwise` where nothing is or what is there is no text. `json` has to
/// be an object.
[[nodiscard]] std::string_view text_at(const nlohmann::ordered_json& json, const char* key,
                                       std::string_view otherwise = {});

} // namespace hanport
