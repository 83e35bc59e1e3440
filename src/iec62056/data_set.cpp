// Texts of blocks to data sets; the form stands in data_set.hpp.
#include "iec62056/data_set.hpp"

#include <algorithm>

namespace iec62056 {
namespace {

constexpr std::size_t most_id = 16;
constexpr std::size_t most_value = 128;
constexpr std::size_t most_unit = 16;
constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view forbidden = "()/!";

std::string_view trimmed(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

bool is_plain(std::string_view text, std::size_t most, std::string_view allowed = {}) {
    return text.size() <= most && std::ranges::all_of(text, [&](char c) {
               return c >= ' ' && c < '\x7F' && (!forbidden.contains(c) || allowed.contains(c));
           });
}

// Takes "(…)" from the beginning; false where it is none.
bool take_group(std::string_view& text, DataSet& set) {
    const std::size_t close = text.find(')');
    if (close == std::string_view::npos)
        return false;
    const std::string_view inside = text.substr(1, close - 1);
    text.remove_prefix(close + 1);
    const std::size_t star = std::min(inside.find('*'), inside.size());
    const Group group{.value = trimmed(inside.substr(0, star)),
                      .unit = star < inside.size() ? trimmed(inside.substr(star + 1))
                                                   : std::string_view{}};
    set.groups.push_back(group);
    return is_plain(group.value, most_value) && is_plain(group.unit, most_unit, "/");
}

} // namespace

std::expected<std::vector<DataSet>, Error> data_sets(std::string_view text) {
    std::vector<DataSet> sets;
    const std::size_t end = text.find('!');
    if (end == std::string_view::npos || !trimmed(text.substr(end + 1)).empty())
        return std::unexpected(Error::bad_data_set);
    for (text = trimmed(text.substr(0, end)); !text.empty(); text = trimmed(text)) {
        const std::size_t open = text.find('(');
        if (open == std::string_view::npos)
            return std::unexpected(Error::bad_data_set);
        DataSet& set = sets.emplace_back();
        set.id = trimmed(text.substr(0, open));
        if (!is_plain(set.id, most_id))
            return std::unexpected(Error::bad_data_set);
        text.remove_prefix(open);
        for (; text.starts_with('('); text = trimmed(text))
            if (!take_group(text, set))
                return std::unexpected(Error::bad_data_set);
    }
    if (sets.empty())
        return std::unexpected(Error::bad_data_set);
    return sets;
}

std::optional<han::Decimal> number(std::string_view text) noexcept {
    constexpr std::size_t most_digits = 18;
    han::Decimal result;
    if (text.starts_with('-') || text.starts_with('+')) {
        result.negative = text.starts_with('-');
        text.remove_prefix(1);
    }
    std::size_t digits = 0;
    bool has_point = false;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            result.magnitude = result.magnitude * 10 + static_cast<std::uint64_t>(c - '0');
            result.exponent = static_cast<std::int16_t>(result.exponent - (has_point ? 1 : 0));
            if (++digits > most_digits)
                return std::nullopt;
        } else if ((c == '.' || c == ',') && !has_point && digits > 0) {
            has_point = true;
        } else {
            return std::nullopt;
        }
    }
    result.negative = result.negative && result.magnitude != 0;
    return digits > 0 ? std::optional(result) : std::nullopt;
}

} // namespace iec62056
