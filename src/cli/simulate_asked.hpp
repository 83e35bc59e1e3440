// hanport simulate for meters that have to be asked.
#pragma once

#include "simulator/asked_meter.hpp"

namespace cli {

/// Answers on a pseudo terminal until a signal comes. Returns the exit status.
int simulate_asked(const hanport::AskedMeterOptions& options, const std::string& link);

} // namespace cli
