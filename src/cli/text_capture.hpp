// The text form of captures, which hanport capture writes and decode and replay read:
//
//   # comment
//   [2026-11-20T15:59:30.412Z] 7E A0 E2 2B
//
// a line for what came without a pause, with the time (UTC) of its first octet.
#pragma once

#include "han/base/bytes.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cli {

using CaptureTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// Appends a line with its end.
void append_burst(std::string& out, CaptureTime time, han::Bytes octets);

/// The time that a line begins with, in brackets; decimals of the second may be any number or
/// missing. None where the line begins otherwise.
[[nodiscard]] std::optional<CaptureTime> read_stamp(std::string_view line);

} // namespace cli
