// What a meter is called in topics and files.
#pragma once

#include "han/list/list.hpp"

#include <string>
#include <string_view>

namespace hanport {

/// The number that the list states; without one (Aidon in Sweden) the id by its manufacturer and the
/// number of its port.
[[nodiscard]] std::string meter_id_of(const han::list::List& list, unsigned port_number);

/// "aidon-port2": of a meter that states no number.
[[nodiscard]] std::string id_by_port(std::string_view manufacturer, unsigned port_number);

/// Whether `id` is id_by_port() of that manufacturer and any port; its number, 0 if not.
[[nodiscard]] unsigned port_in_id(std::string_view id, std::string_view manufacturer);

} // namespace hanport
