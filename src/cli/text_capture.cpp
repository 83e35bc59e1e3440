// Text captures, written and read; see text_capture.hpp.
#include "cli/text_capture.hpp"

#include "base/utc_time.hpp"

#include <array>

namespace hanport::cli {
namespace {

using namespace std::chrono;

// Takes exactly this many digits from the beginning, then the character `next`.
std::optional<int> take(std::string_view& text, std::size_t digits, char next) {
    if (text.size() <= digits || text[digits] != next)
        return std::nullopt;
    int number = 0;
    for (const char character : text.substr(0, digits)) {
        if (character < '0' || character > '9')
            return std::nullopt;
        number = number * 10 + (character - '0');
    }
    text.remove_prefix(digits + 1);
    return number;
}

// The decimals of a second, up to `end`.
std::optional<milliseconds> take_fraction(std::string_view& text, char end) {
    int scale = 100;
    int number = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        number += (text.front() - '0') * scale;
        scale /= 10;
        text.remove_prefix(1);
    }
    if (!text.starts_with(end))
        return std::nullopt;
    return milliseconds(number);
}

} // namespace

void append_burst(std::string& out, CaptureTime time, han::Bytes octets) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    out += '[';
    base::append_utc(out, time);
    out += ']';
    for (const std::uint8_t octet : octets) {
        out += ' ';
        out += digits[octet >> 4U];
        out += digits[octet & 0xFU];
    }
    out += '\n';
}

std::optional<CaptureTime> read_stamp(std::string_view line) {
    if (!line.starts_with('['))
        return std::nullopt;
    line.remove_prefix(1);
    struct Part {
        std::size_t digits;
        char next;
    };
    constexpr auto parts = std::to_array<Part>({{4, '-'}, {2, '-'}, {2, 'T'}, {2, ':'}, {2, ':'}});
    std::array<int, parts.size()> numbers{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto number = take(line, parts[i].digits, parts[i].next);
        if (!number)
            return std::nullopt;
        numbers[i] = *number;
    }
    const bool has_fraction = line.size() > 2 && line[2] == '.';
    const auto second = take(line, 2, has_fraction ? '.' : 'Z');
    const auto fraction =
        has_fraction ? take_fraction(line, 'Z') : std::optional<milliseconds>(milliseconds::zero());
    const year_month_day date{year(numbers[0]), month(static_cast<unsigned>(numbers[1])),
                              day(static_cast<unsigned>(numbers[2]))};
    if (!second || !fraction || !date.ok())
        return std::nullopt;
    return sys_days(date) + hours(numbers[3]) + minutes(numbers[4]) + seconds(*second) + *fraction;
}

} // namespace hanport::cli
