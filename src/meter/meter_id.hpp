// Ids of meters in topics and files.
#pragma once

#include "han/list/list.hpp"

#include <string>
#include <string_view>

namespace hanport::meter {

/// The number in the list. Without one (Aidon in Sweden), an id of manufacturer and port number.
[[nodiscard]] std::string meter_id_of(const han::list::List& list, unsigned port_number);

/// "aidon-port2": of a meter that sends no number.
[[nodiscard]] std::string id_by_port(std::string_view manufacturer, unsigned port_number);

/// If `id` is id_by_port() of that manufacturer, the port number; otherwise 0.
[[nodiscard]] unsigned port_in_id(std::string_view id, std::string_view manufacturer);

} // namespace hanport::meter
