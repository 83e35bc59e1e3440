// Typed values and their errors; see value.hpp.
#include "config/value.hpp"

#include "base/read_file.hpp"
#include "config/config.hpp"
#include "config/key_file.hpp"

#include <algorithm>
#include <cmath>

namespace hanport::config {
namespace {

constexpr std::string_view a_power = "kW, more than 0 and up to 10000";
constexpr std::string_view a_ladder = "a list of kW, each more than the one before: [2, 5, 10]";

// In W; empty if it is not a number of kW above 0.
std::optional<std::int64_t> watts_of(const toml::node& node) {
    constexpr double most = 10'000;
    const auto kilowatts = node.value<double>();
    if (!kilowatts || !(*kilowatts > 0) || *kilowatts > most)
        return std::nullopt;
    return std::llround(*kilowatts * 1000);
}

constexpr std::string_view a_path = "the path of a file, relative to this one or absolute";

} // namespace

void Mistakes::add(unsigned line, std::string_view key, std::string_view what,
                   std::string_view allowed) {
    std::string text = file_.string();
    if (line > 0)
        text.append(":").append(std::to_string(line));
    text.append(": ");
    if (!key.empty())
        text.append(key).append(": ");
    text.append(what);
    if (!allowed.empty())
        text.append("; allowed: ").append(allowed);
    lines_.emplace_back(line, std::move(text));
}

void Mistakes::throw_if_any() const {
    if (lines_.empty())
        return;
    auto sorted = lines_;
    std::ranges::stable_sort(sorted, {}, [](const auto& entry) { return entry.first; });
    std::string all;
    for (const auto& [line, text] : sorted)
        all.append(all.empty() ? "" : "\n").append(text);
    throw ConfigError(all);
}

void ConfigValue::wrong(std::string_view what, std::string_view allowed) const {
    mistakes_.add(line(), name_, what, allowed);
}

const std::string* ConfigValue::text(std::string_view allowed) const {
    if (const auto* const value = node_.as_string())
        return &value->get();
    wrong(std::string("is ").append(type_of(node_)), allowed);
    return nullptr;
}

void ConfigValue::read_text(std::string& out, const TextRule& rule) const {
    const std::string* const value = text(rule.description);
    if (value == nullptr)
        return;
    if (rule.allows(*value))
        out = *value;
    else
        wrong(in_quotes(*value), rule.description);
}

std::optional<std::size_t> ConfigValue::read_word(std::span<const std::string_view> words) const {
    std::vector<std::string> marked;
    for (const auto word : words)
        marked.push_back(in_quotes(word));
    const std::string allowed =
        enumerate(std::vector<std::string_view>(marked.begin(), marked.end()));
    const std::string* const value = text(allowed);
    if (value == nullptr)
        return std::nullopt;
    const auto found = std::ranges::find(words, *value);
    if (found == words.end()) {
        wrong(in_quotes(*value), allowed);
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - words.begin());
}

void ConfigValue::read_flag(bool& out) const {
    if (const auto* const value = node_.as_boolean())
        out = value->get();
    else
        wrong(std::string("is ").append(type_of(node_)), "true, false");
}

void ConfigValue::read_number(unsigned& out, std::span<const unsigned> allowed) const {
    std::string list;
    for (const unsigned number : allowed)
        list.append(list.empty() ? "" : ", ").append(std::to_string(number));
    const auto* const value = node_.as_integer();
    if (value == nullptr) {
        wrong(std::string("is ").append(type_of(node_)), list);
        return;
    }
    const auto found = std::ranges::find_if(
        allowed, [&](unsigned number) { return std::int64_t{number} == value->get(); });
    if (found == allowed.end())
        wrong(std::to_string(value->get()), list);
    else
        out = *found;
}

void ConfigValue::read_number(unsigned& out, unsigned least, unsigned most) const {
    const std::string allowed = std::to_string(least) + " to " + std::to_string(most);
    const auto* const value = node_.as_integer();
    if (value == nullptr)
        wrong(std::string("is ").append(type_of(node_)), allowed);
    else if (value->get() < std::int64_t{least} || value->get() > std::int64_t{most})
        wrong(std::to_string(value->get()), allowed);
    else
        out = static_cast<unsigned>(value->get());
}

void ConfigValue::read_kilowatts(std::optional<std::int64_t>& out) const {
    if (const auto watts = watts_of(node_))
        out = watts;
    else
        wrong(node_.is_number() ? "is out of range" : std::string("is ").append(type_of(node_)),
              a_power);
}

void ConfigValue::read_kilowatts(std::vector<std::int64_t>& out) const {
    const toml::array* const list = node_.as_array();
    if (list == nullptr || list->empty()) {
        wrong(list == nullptr ? std::string("is ").append(type_of(node_)) : "is empty", a_ladder);
        return;
    }
    std::vector<std::int64_t> ladder;
    for (const toml::node& element : *list) {
        const auto watts = watts_of(element);
        if (!watts || (!ladder.empty() && *watts <= ladder.back())) {
            wrong("value " + std::to_string(ladder.size() + 1) +
                      (watts ? " is not more than the one before" : " is no power"),
                  a_ladder);
            return;
        }
        ladder.push_back(*watts);
    }
    out = std::move(ladder);
}

void ConfigValue::read_path(std::filesystem::path& out) const {
    const std::string* const value = text(a_path);
    if (value == nullptr)
        return;
    if (value->empty() || value->find('\0') != std::string::npos)
        wrong(in_quotes(*value), a_path);
    else
        out = mistakes_.folder() / *value;
}

void ConfigValue::read_file_name(std::filesystem::path& out) const {
    std::filesystem::path path;
    read_path(path);
    if (path.empty())
        return;
    const auto content = base::read_file(path);
    if (!content &&
        content.error() != std::errc::file_too_large) // for example all CAs of the system
        wrong(path.string() + " cannot be read: " + content.error().message());
    else if (content && content->empty())
        wrong(path.string() + " is empty");
    else
        out = path;
}

void ConfigValue::read_key_file_name(std::filesystem::path& out) const {
    std::filesystem::path path;
    read_file_name(path);
    if (path.empty())
        return;
    if (const auto key = read_key_file(path); !key)
        wrong(path.string() + " " + key.error());
    else
        out = path;
}

unsigned line_of(const toml::table& table, std::string_view key) {
    for (const auto& [name, node] : table)
        if (name.str() == key)
            return name.source().begin.line;
    return table.source().begin.line;
}

std::string_view type_of(const toml::node& node) {
    switch (node.type()) {
    case toml::node_type::table:
        return "a section";
    case toml::node_type::array:
        return "a list";
    case toml::node_type::string:
        return "a string";
    case toml::node_type::integer:
        return "an integer";
    case toml::node_type::floating_point:
        return "a number with decimals";
    case toml::node_type::boolean:
        return "true or false";
    default:
        return "a date or time";
    }
}

std::string in_quotes(std::string_view text) {
    constexpr std::size_t most = 80;
    std::string result = "\"";
    for (const char c : text.substr(0, most))
        result += static_cast<unsigned char>(c) < ' ' || c == '\x7F' ? '?' : c;
    return result.append(text.size() > most ? "…\"" : "\"");
}

std::string enumerate(std::span<const std::string_view> words) {
    std::string text;
    for (const auto word : words)
        text.append(text.empty() ? "" : ", ").append(word);
    return text;
}

} // namespace hanport::config
