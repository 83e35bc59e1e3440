// Units with the numbers of COSEM (Blue Book 4.3.2, table of physical units).
#pragma once

#include <cstdint>
#include <string_view>

namespace han::cosem {

enum class Unit : std::uint8_t {
    day = 4,
    hour = 5,
    minute = 6,
    second = 7,
    degree_celsius = 9,
    cubic_metre = 13,
    cubic_metre_per_hour = 15,
    kilogram = 20,
    bar = 24,
    joule = 25,
    watt = 27,
    volt_ampere = 28,
    var = 29,
    watt_hour = 30,
    volt_ampere_hour = 31,
    var_hour = 32,
    ampere = 33,
    volt = 35,
    hertz = 44,
    kelvin = 52,
    percent = 56,
    none = 255 ///< a count, a text, or a number with an unknown unit
};

/// "W", "Wh"; never "kWh", because values have no prefix. Empty for `none` and for numbers not
/// listed here.
[[nodiscard]] std::string_view text(Unit unit) noexcept;

} // namespace han::cosem
