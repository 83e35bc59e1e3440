// A port's counters in the form that the diagnosis needs.
#pragma once

#include "meter/port_diagnosis.hpp"
#include "port/port.hpp"

namespace hanport::port {

[[nodiscard]] meter::PortCounters port_counters(const PortStats& stats);

} // namespace hanport::port
