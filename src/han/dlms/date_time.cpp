// COSEM date-time; the layout is in date_time.hpp.
#include "han/dlms/date_time.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace han::dlms {
namespace {

constexpr int most_deviation = 720;

void append_digits(std::string& out, unsigned value, int digits) {
    if (digits > 1)
        append_digits(out, value / 10, digits - 1);
    out += static_cast<char>('0' + value % 10);
}

void append_offset(std::string& out, int minutes) {
    const auto ahead = static_cast<unsigned>(std::abs(minutes));
    out += minutes < 0 ? '-' : '+';
    append_digits(out, ahead / 60, 2);
    out += ':';
    append_digits(out, ahead % 60, 2);
}

} // namespace

DateTime::DateTime() noexcept
    : octets_{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x80, 0x00, 0xFF} {}

DateTime DateTime::of_date(Bytes octets) noexcept {
    DateTime time;
    std::ranges::copy(octets.first(5), time.octets_.begin());
    return time;
}

DateTime DateTime::of_time(Bytes octets) noexcept {
    DateTime time;
    std::ranges::copy(octets.first(4), time.octets_.begin() + 5);
    return time;
}

bool DateTime::has_date() const noexcept {
    using namespace std::chrono;
    return year() <= 9999 && year_month_day(std::chrono::year(year()), std::chrono::month(month()),
                                            std::chrono::day(day()))
                                 .ok();
}

bool DateTime::has_time() const noexcept {
    return hour() < 24 && minute() < 60 && (second() < 60 || second() == unspecified);
}

std::optional<int> DateTime::utc_offset() const noexcept {
    const int ahead = -deviation();
    if (ahead < -most_deviation || ahead > most_deviation)
        return std::nullopt;
    return ahead;
}

bool append_iso8601(std::string& out, const DateTime& time, bool with_offset) {
    if (time.has_date()) {
        append_digits(out, time.year(), 4);
        out += '-';
        append_digits(out, time.month(), 2);
        out += '-';
        append_digits(out, time.day(), 2);
    }
    if (time.has_date() && time.has_time())
        out += 'T';
    if (time.has_time()) {
        append_digits(out, time.hour(), 2);
        out += ':';
        append_digits(out, time.minute(), 2);
        if (time.second() != DateTime::unspecified) {
            out += ':';
            append_digits(out, time.second(), 2);
        }
        if (const auto offset = time.utc_offset(); with_offset && offset)
            append_offset(out, *offset);
    }
    return time.has_date() || time.has_time();
}

} // namespace han::dlms
