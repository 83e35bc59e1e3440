// COSEM date-time (Blue Book 4.1.6.1), 12 octets:
//
//   0 year 2 | 2 month | 3 day | 4 weekday, 1 = Monday | 5 hour | 6 minute | 7 second | 8
//   hundredths 9 deviation 2, signed minutes, UTC = local + deviation | 11 clock status
//
// FFFF, FF and deviation 8000 mean "not specified". Meters often set weekday, deviation and status
// incorrectly, so every field is stored as sent.
#pragma once

#include "han/base/byte_order.hpp"
#include "han/base/bytes.hpp"

#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <type_traits>

namespace han::dlms {

class DateTime {
  public:
    static constexpr std::size_t size = 12;
    static constexpr std::uint16_t no_year = 0xFFFF;
    static constexpr std::uint8_t unspecified = 0xFF;
    static constexpr std::int16_t no_deviation = -0x8000;

    // Clock status bits.
    static constexpr std::uint8_t invalid_value = 0x01;
    static constexpr std::uint8_t suspect_value = 0x02;
    static constexpr std::uint8_t different_clock_base = 0x04;
    static constexpr std::uint8_t invalid_status = 0x08;
    static constexpr std::uint8_t daylight_saving = 0x80;

    /// All fields unspecified.
    DateTime() noexcept;
    /// From the 12 octets of a date-time.
    explicit DateTime(Bytes octets) noexcept { std::memcpy(octets_.data(), octets.data(), size); }
    /// From the 5 octets of a date (tag 1A): year to weekday.
    [[nodiscard]] static DateTime of_date(Bytes octets) noexcept;
    /// From the 4 octets of a time (tag 1B): hour to hundredths.
    [[nodiscard]] static DateTime of_time(Bytes octets) noexcept;

    [[nodiscard]] std::uint16_t year() const noexcept { return number<std::uint16_t>(0); }
    /// 1–12; FD and FE mark the ends of daylight saving
    [[nodiscard]] std::uint8_t month() const noexcept { return octets_[2]; }
    /// 1–31; FE is the last day of the month, FD the last but one
    [[nodiscard]] std::uint8_t day() const noexcept { return octets_[3]; }
    [[nodiscard]] std::uint8_t weekday() const noexcept { return octets_[4]; }
    [[nodiscard]] std::uint8_t hour() const noexcept { return octets_[5]; }
    [[nodiscard]] std::uint8_t minute() const noexcept { return octets_[6]; }
    [[nodiscard]] std::uint8_t second() const noexcept { return octets_[7]; }
    [[nodiscard]] std::uint8_t hundredths() const noexcept { return octets_[8]; }
    /// UTC minus local time in minutes; CET is -60.
    [[nodiscard]] std::int16_t deviation() const noexcept { return number<std::int16_t>(9); }
    [[nodiscard]] std::uint8_t status() const noexcept { return octets_[11]; }

    /// True if year, month and day form a valid calendar date.
    [[nodiscard]] bool has_date() const noexcept;
    /// True if hour and minute are specified and in range; the second may still be unspecified.
    [[nodiscard]] bool has_time() const noexcept;
    /// Local time minus UTC in minutes; empty if unspecified or beyond ±720.
    [[nodiscard]] std::optional<int> utc_offset() const noexcept;

    friend bool operator==(const DateTime&, const DateTime&) = default;

  private:
    template <class Number>
    [[nodiscard]] Number number(std::size_t at) const noexcept {
        return static_cast<Number>(big_endian<std::make_unsigned_t<Number>>(octets_.data() + at));
    }

    std::array<std::uint8_t, size> octets_;
};

/// Appends ISO 8601: "2017-10-20T03:43:30". Adds "+01:00" if `with_offset` is set and the offset is
/// known. Omits unspecified seconds, and a date or a time that is unspecified. Returns false and
/// appends nothing if both are unspecified.
bool append_iso8601(std::string& out, const DateTime& time, bool with_offset);

} // namespace han::dlms
