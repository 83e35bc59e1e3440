// A port's counters in the form that the diagnosis needs.
#pragma once

#include "daemon/port.hpp"
#include "home/port_diagnosis.hpp"

namespace hanport {

[[nodiscard]] PortFacts port_facts(const PortStats& stats);

} // namespace hanport
