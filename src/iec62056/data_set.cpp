// Texts of blocks to data sets; the form is in data_set.hpp.
#include "iec62056/data_set.hpp"

#include <algorithm>
#include <charconv>

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

// Takes "(…)" from the beginning; returns false if there is none.
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

// The line that begins there, without leading blanks.
BadDataSet bad_data_set(std::string_view text, std::size_t at) {
    constexpr std::size_t most = 40;
    at = std::min(text.find_first_not_of(blanks, at), text.size());
    const std::string_view rest = text.substr(at, most);
    const auto* const line_end =
        std::ranges::find_if(rest, [](char c) { return c < ' ' || c >= '\x7F'; });
    return {.at = at, .text = {rest.begin(), line_end}};
}

// The digits of "14:25:30" or "26-08-15", without a leading digit for the season; empty if their
// number is different.
std::optional<std::uint64_t> digits_of(std::string_view text, char separator, std::size_t size) {
    std::string digits(text);
    std::erase(digits, separator);
    if (digits.size() == size + 1 && digits.front() <= '2')
        digits.erase(0, 1);
    if (digits.size() != size || !is_digits(digits))
        return std::nullopt;
    return std::stoull(digits);
}

} // namespace

std::expected<std::vector<DataSet>, BadDataSet> data_sets(std::string_view text) {
    const std::string_view whole = text;
    std::vector<DataSet> sets;
    const std::size_t end = std::min(text.find('!'), text.size());
    if (end == text.size() || !trimmed(text.substr(end + 1)).empty())
        return std::unexpected(bad_data_set(whole, std::min(end + 1, text.size())));
    for (text = trimmed(text.substr(0, end)); !text.empty(); text = trimmed(text)) {
        const auto at = static_cast<std::size_t>(text.data() - whole.data());
        const std::size_t open = text.find('(');
        if (open == std::string_view::npos)
            return std::unexpected(bad_data_set(whole, at));
        DataSet& set = sets.emplace_back();
        set.id = trimmed(text.substr(0, open));
        if (!is_plain(set.id, most_id))
            return std::unexpected(bad_data_set(whole, at));
        text.remove_prefix(open);
        for (; text.starts_with('('); text = trimmed(text))
            if (!take_group(text, set))
                return std::unexpected(bad_data_set(whole, at));
    }
    if (sets.empty())
        return std::unexpected(bad_data_set(whole, 0));
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

bool is_digits(std::string_view text) noexcept {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<han::dlms::DateTime> time_of(std::string_view text) {
    constexpr std::size_t with_season = 13;
    constexpr std::size_t without_seconds = 10;
    if (!is_digits(text))
        return std::nullopt;
    if (text.size() == with_season && text.front() <= '1')
        text.remove_prefix(1);
    if (text.size() == without_seconds)
        return time_of(std::string(text) + "00");
    constexpr std::size_t with_zeros = 14;
    constexpr std::size_t plain = 12;
    constexpr std::uint64_t a_day = 1'000'000;
    if (text.size() == with_zeros && text.starts_with("00"))
        text.remove_prefix(2);
    std::uint64_t digits = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), digits);
    if (text.size() != plain || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return polled::date_time(digits / a_day, digits % a_day);
}

std::optional<han::dlms::DateTime> time_of(std::string_view date, std::string_view time) {
    constexpr std::size_t size = 6;
    constexpr std::string_view century = "20";
    if (date.starts_with(century) && digits_of(date, '-', size + century.size()))
        date.remove_prefix(century.size());
    const auto yymmdd = digits_of(date, '-', size);
    const auto hhmmss = digits_of(time, ':', size);
    return yymmdd && hhmmss ? polled::date_time(*yymmdd, *hhmmss) : std::nullopt;
}

} // namespace iec62056
