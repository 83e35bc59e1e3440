// Lists in the form of the decoder's output, made by hand.
#pragma once

#include "han/list/list.hpp"
#include "meter/energy.hpp"
#include "support/hex.hpp"

namespace support {

/// A date-time that shows `local`, deviation not specified.
[[nodiscard]] inline han::dlms::DateTime clock_showing(std::chrono::local_seconds local) {
    using namespace std::chrono;
    const auto day = floor<days>(local);
    const year_month_day date(day);
    const hh_mm_ss time(local - day);
    const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
    std::array<std::uint8_t, 12> octets{};
    const auto put = [&](std::size_t at, auto number) {
        octets.at(at) = static_cast<std::uint8_t>(number);
    };
    put(0, year >> 8U);
    put(1, year & 0xFFU);
    put(2, static_cast<unsigned>(date.month()));
    put(3, static_cast<unsigned>(date.day()));
    put(4, weekday(day).iso_encoding());
    put(5, time.hours().count());
    put(6, time.minutes().count());
    put(7, time.seconds().count());
    put(8, 0xFF);
    put(9, 0x80);
    return han::dlms::DateTime(octets);
}

/// A point in time by clocks that agree: neither was set.
[[nodiscard]] inline hanport::base::Instant at(hanport::base::WallTime time) {
    return {.steady = hanport::base::SteadyTime(time.time_since_epoch()), .wall = time};
}

/// What a meter on Norwegian normal time shows.
[[nodiscard]] inline std::chrono::local_seconds normal_time(hanport::base::WallTime time) {
    using namespace std::chrono;
    return local_seconds(floor<seconds>(time).time_since_epoch() + hours(1));
}

[[nodiscard]] inline han::cosem::Reading reading(std::uint8_t c, std::uint8_t d,
                                                 std::int64_t number, han::cosem::Unit unit,
                                                 std::int16_t exponent = 0) {
    han::Decimal decimal = han::Decimal::of_signed(number);
    decimal.exponent = exponent;
    return {.obis = {.a = 1, .b = 1, .c = c, .d = d, .e = 0}, .unit = unit, .value = decimal};
}

[[nodiscard]] inline han::cosem::Reading power(std::int64_t watts, std::uint8_t c = 1) {
    return reading(c, 7, watts, han::cosem::Unit::watt);
}

/// `number` counts 10^exponent Wh.
[[nodiscard]] inline han::cosem::Reading energy(std::int64_t number, std::int16_t exponent = 0,
                                                std::uint8_t c = 1) {
    return reading(c, 8, number, han::cosem::Unit::watt_hour, exponent);
}

[[nodiscard]] inline han::list::List list_with(std::vector<han::cosem::Reading> readings) {
    han::list::List list{};
    list.readings = std::move(readings);
    for (const auto& each : list.readings)
        if (each.obis.d == 8)
            list.kind = han::list::ListKind::hourly;
    return list;
}

[[nodiscard]] inline han::list::List list_with(std::vector<han::cosem::Reading> readings,
                                               std::chrono::local_seconds clock) {
    auto list = list_with(std::move(readings));
    list.meter_time = clock_showing(clock);
    return list;
}

} // namespace support
