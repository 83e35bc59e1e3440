// The text form of captures: hanport capture writes it, decode and replay read it:
//
//   # comment
//   [2026-11-20T15:59:30.412Z] 7E A0 E2 2B
//
// Each line holds the octets that arrived without a pause, with the time (UTC) of the first octet.
#pragma once

#include "han/base/bytes.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace hanport::cli {

using CaptureTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// Appends a line with its line end.
void append_burst(std::string& out, CaptureTime time, han::Bytes octets);

/// The time stamp in brackets at the start of a line; the second may have any number of decimals.
/// Empty if the line has no such time stamp.
[[nodiscard]] std::optional<CaptureTime> read_stamp(std::string_view line);

} // namespace hanport::cli
