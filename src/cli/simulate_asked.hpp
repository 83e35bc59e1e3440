// hanport simulate for polled meters.
#pragma once

#include "simulator/asked_meter.hpp"

namespace cli {

/// Answers requests on a pseudo terminal until a signal arrives. Returns the exit status.
int simulate_asked(const hanport::AskedMeterOptions& options, const std::string& link);

} // namespace cli
