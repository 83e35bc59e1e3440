// hanport simulate for polled meters.
#pragma once

#include "simulator/asked_meter.hpp"

namespace hanport::cli {

/// Answers requests on a pseudo terminal until a signal arrives. Returns the exit status.
int simulate_asked(const simulator::AskedMeterOptions& options, const std::string& link);

} // namespace hanport::cli
