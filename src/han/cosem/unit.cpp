// The texts of the units, as spelt by Home Assistant.
#include "han/cosem/unit.hpp"

namespace han::cosem {

std::string_view text(Unit unit) noexcept {
    switch (unit) {
    case Unit::day:
        return "d";
    case Unit::hour:
        return "h";
    case Unit::minute:
        return "min";
    case Unit::second:
        return "s";
    case Unit::degree_celsius:
        return "°C";
    case Unit::cubic_metre:
        return "m³";
    case Unit::cubic_metre_per_hour:
        return "m³/h";
    case Unit::kilogram:
        return "kg";
    case Unit::bar:
        return "bar";
    case Unit::joule:
        return "J";
    case Unit::watt:
        return "W";
    case Unit::volt_ampere:
        return "VA";
    case Unit::var:
        return "var";
    case Unit::watt_hour:
        return "Wh";
    case Unit::volt_ampere_hour:
        return "VAh";
    case Unit::var_hour:
        return "varh";
    case Unit::ampere:
        return "A";
    case Unit::volt:
        return "V";
    case Unit::hertz:
        return "Hz";
    case Unit::kelvin:
        return "K";
    case Unit::percent:
        return "%";
    case Unit::none:
        break;
    }
    return {};
}

} // namespace han::cosem
