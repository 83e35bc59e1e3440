// A port's counters as the diagnosis wants them.
#pragma once

#include "daemon/port.hpp"

#include "home/port_diagnosis.hpp"

namespace hanport {

[[nodiscard]] PortFacts port_facts(const PortStats& stats);

} // namespace hanport
