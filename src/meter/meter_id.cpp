// Ids by number or by port; see meter_id.hpp.
#include "meter/meter_id.hpp"

#include <algorithm>
#include <charconv>

namespace hanport::meter {

std::string meter_id_of(const han::list::List& list, unsigned port_number) {
    return list.meter_id.empty() ? id_by_port(list.manufacturer, port_number) : list.meter_id;
}

std::string id_by_port(std::string_view manufacturer, unsigned port_number) {
    std::string id(manufacturer.empty() ? "meter" : manufacturer);
    std::ranges::transform(id, id.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
    return id + "-port" + std::to_string(port_number);
}

unsigned port_in_id(std::string_view id, std::string_view manufacturer) {
    const std::string_view digits = id.substr(id.find_last_not_of("0123456789") + 1);
    unsigned number = 0;
    (void)std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return id == id_by_port(manufacturer, number) ? number : 0;
}

} // namespace hanport::meter
