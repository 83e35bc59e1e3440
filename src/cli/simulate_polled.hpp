// hanport simulate for polled meters.
#pragma once

#include "simulator/polled_meter.hpp"

namespace hanport::cli {

/// Answers requests on a pseudo terminal until a signal arrives. Returns the exit status.
int simulate_polled(const simulator::PolledMeterOptions& options, const std::string& link);

} // namespace hanport::cli
