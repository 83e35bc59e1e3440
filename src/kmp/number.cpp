// Numbers, and the table of units (Kamstrup 5512-447). Copies of that table with 21 as "kW" and 25
// as "kvar" contradict its order.
#include "kmp/number.hpp"

#include <array>
#include <cstddef>

namespace kmp {
namespace {

using Cosem = han::cosem::Unit;

constexpr Unit in(std::string_view text, Cosem unit, int exponent = 0) {
    return {.text = text, .unit = unit, .exponent = exponent};
}
constexpr Unit foreign(std::string_view text) {
    return {.text = text, .is_foreign = true};
}

// clang-format off
constexpr auto units = std::to_array<Unit>({
    {},                                                                                  // 0
    in("Wh", Cosem::watt_hour), in("kWh", Cosem::watt_hour, 3),                          // 1
    in("MWh", Cosem::watt_hour, 6), in("GWh", Cosem::watt_hour, 9),
    in("J", Cosem::joule), in("kJ", Cosem::joule, 3),                                    // 5
    in("MJ", Cosem::joule, 6), in("GJ", Cosem::joule, 9),
    foreign("cal"), foreign("kcal"), foreign("Mcal"), foreign("Gcal"),                   // 9
    in("varh", Cosem::var_hour), in("kvarh", Cosem::var_hour, 3),                        // 13
    in("Mvarh", Cosem::var_hour, 6), in("Gvarh", Cosem::var_hour, 9),
    in("VAh", Cosem::volt_ampere_hour), in("kVAh", Cosem::volt_ampere_hour, 3),          // 17
    in("MVAh", Cosem::volt_ampere_hour, 6), in("GVAh", Cosem::volt_ampere_hour, 9),
    in("W", Cosem::watt), in("kW", Cosem::watt, 3),                                      // 21
    in("MW", Cosem::watt, 6), in("GW", Cosem::watt, 9),
    in("var", Cosem::var), in("kvar", Cosem::var, 3),                                    // 25
    in("Mvar", Cosem::var, 6), in("Gvar", Cosem::var, 9),
    in("VA", Cosem::volt_ampere), in("kVA", Cosem::volt_ampere, 3),                      // 29
    in("MVA", Cosem::volt_ampere, 6), in("GVA", Cosem::volt_ampere, 9),
    in("V", Cosem::volt), in("A", Cosem::ampere),                                        // 33
    in("kV", Cosem::volt, 3), in("kA", Cosem::ampere, 3),
    in("°C", Cosem::degree_celsius), in("K", Cosem::kelvin),                             // 37
    in("l", Cosem::cubic_metre, -3), in("m³", Cosem::cubic_metre),                       // 39
    in("l/h", Cosem::cubic_metre_per_hour, -3), in("m³/h", Cosem::cubic_metre_per_hour), // 41
    foreign("m³·°C"),                                                                    // 43
    in("t", Cosem::kilogram, 3), foreign("t/h"),                                         // 44
    in("h", Cosem::hour),                                                                // 46
    foreign("hh:mm:ss"), foreign("yy:mm:dd"), foreign("yyyy:mm:dd"), foreign("mm:dd"),   // 47
    {},                                                                                  // 51, a number
    in("bar", Cosem::bar),                                                               // 52
    foreign("RTC"), foreign("ASCII"),                                                    // 53
    in("m³×10", Cosem::cubic_metre, 1), in("t×10", Cosem::kilogram, 4),                  // 55
    in("GJ×10", Cosem::joule, 10),
    in("min", Cosem::minute),                                                            // 58
    {},                                                                                  // 59, a bit field
    in("s", Cosem::second), in("ms", Cosem::second, -3), in("d", Cosem::day),            // 60
    foreign("RTC-Q"), foreign("date-time"),                                              // 63
});
// clang-format on
static_assert(units.size() == 65);

} // namespace

std::optional<han::Decimal> number(std::uint8_t sign_exponent, han::Bytes mantissa) noexcept {
    constexpr unsigned sign = 0x80;
    constexpr unsigned exponent_sign = 0x40;
    constexpr unsigned exponent_bits = 0x3F;
    if (mantissa.empty() || mantissa.size() > sizeof(std::uint64_t))
        return std::nullopt;
    han::Decimal result;
    for (const std::uint8_t octet : mantissa)
        result.magnitude = result.magnitude << 8U | octet;
    result.negative = (sign_exponent & sign) != 0 && result.magnitude != 0;
    const int exponent = static_cast<int>(sign_exponent & exponent_bits);
    result.exponent =
        static_cast<std::int16_t>((sign_exponent & exponent_sign) != 0 ? -exponent : exponent);
    return result;
}

const Unit* unit(std::uint8_t number) noexcept {
    return number < units.size() ? &units[number] : nullptr;
}

} // namespace kmp
