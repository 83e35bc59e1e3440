// JSON from other programs: retained messages at the broker may be from anyone.
#pragma once

#include <nlohmann/json.hpp>

#include <string_view>

namespace hanport::homeassistant {

/// Parses `text` as an object. Returns an empty object if it is not one, is larger than hanport's
/// own messages, or is nested so deeply that copying or writing would overflow the stack. Does not
/// throw.
[[nodiscard]] nlohmann::ordered_json foreign_object(std::string_view text);

/// The text under `key`, or `otherwise` if it is missing or not a text. `json` must be an object.
[[nodiscard]] std::string_view text_at(const nlohmann::ordered_json& json, const char* key,
                                       std::string_view otherwise = {});

} // namespace hanport::homeassistant
