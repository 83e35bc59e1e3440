// COSEM date-time; the layout stands in date_time.hpp.
#include "han/dlms/date_time.hpp"

#include "han/dlms/big_endian.hpp"

#include <chrono>
#include <cstdlib>

namespace han::dlms {
namespace {

constexpr std::size_t date_size = 5;
constexpr std::size_t time_size = 4;
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

DateTime DateTime::read_date(Bytes bytes) noexcept {
    DateTime time;
    time.year = static_cast<std::uint16_t>(big_endian(bytes.first(2)));
    time.month = bytes[2];
    time.day = bytes[3];
    time.weekday = bytes[4];
    return time;
}

DateTime DateTime::read_time(Bytes bytes) noexcept {
    DateTime time;
    time.hour = bytes[0];
    time.minute = bytes[1];
    time.second = bytes[2];
    time.hundredths = bytes[3];
    return time;
}

DateTime DateTime::read(Bytes bytes) noexcept {
    DateTime time = read_date(bytes);
    const DateTime clock = read_time(bytes.subspan(date_size));
    time.hour = clock.hour;
    time.minute = clock.minute;
    time.second = clock.second;
    time.hundredths = clock.hundredths;
    const Bytes rest = bytes.subspan(date_size + time_size);
    time.deviation = static_cast<std::int16_t>(big_endian(rest.first(2)));
    time.status = rest[2];
    return time;
}

bool DateTime::has_date() const noexcept {
    using namespace std::chrono;
    return year <= 9999 &&
           year_month_day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(day))
               .ok();
}

bool DateTime::has_time() const noexcept {
    return hour < 24 && minute < 60 && (second < 60 || second == unspecified);
}

std::optional<int> DateTime::utc_offset() const noexcept {
    if (deviation < -most_deviation || deviation > most_deviation)
        return std::nullopt;
    return -deviation;
}

bool append_iso8601(std::string& out, const DateTime& time, bool with_offset) {
    if (time.has_date()) {
        append_digits(out, time.year, 4);
        out += '-';
        append_digits(out, time.month, 2);
        out += '-';
        append_digits(out, time.day, 2);
    }
    if (time.has_date() && time.has_time())
        out += 'T';
    if (time.has_time()) {
        append_digits(out, time.hour, 2);
        out += ':';
        append_digits(out, time.minute, 2);
        if (time.second != DateTime::unspecified) {
            out += ':';
            append_digits(out, time.second, 2);
        }
        if (const auto offset = time.utc_offset(); with_offset && offset)
            append_offset(out, *offset);
    }
    return time.has_date() || time.has_time();
}

} // namespace han::dlms
