// Time stamps in messages.
#pragma once

#include <chrono>
#include <string>

namespace hanport::base {

/// Appends UTC by ISO 8601 with milliseconds: "2026-11-20T15:59:30.412Z".
void append_utc(std::string& out, std::chrono::system_clock::time_point time);

} // namespace hanport::base
