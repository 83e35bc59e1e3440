// Limits that are checked before parsing; see foreign_json.hpp.
#include "homeassistant/foreign_json.hpp"

#include "mqtt/broker.hpp"

namespace hanport::homeassistant {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t deepest = 32; // discovery configs have 5 levels

// Counts brackets outside strings; also correct for invalid JSON, up to where the parser reads.
bool is_too_deep(std::string_view text) {
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (in_string) {
            if (c == '\\')
                ++at;
            else if (c == '"')
                in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > deepest)
                return true;
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return false;
}

} // namespace

Json foreign_object(std::string_view text) {
    if (text.size() > mqtt::largest_message || is_too_deep(text))
        return Json::object();
    Json json = Json::parse(text, nullptr, false);
    return json.is_object() ? json : Json::object();
}

std::string_view text_at(const Json& json, const char* key, std::string_view otherwise) {
    const auto found = json.find(key);
    const auto* const text =
        found == json.end() ? nullptr : found->get_ptr<const Json::string_t*>();
    return text == nullptr ? otherwise : std::string_view(*text);
}

} // namespace hanport::homeassistant
