// An hourly list in the form stored on disk.
#pragma once

#include "meter/snapshot.hpp"

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace hanport::store {

/// A stored hourly list: the message for the broker, and the meter with its registers.
struct HourlyRecord {
    std::string topic;
    std::string payload;
    meter::Snapshot meter;                             ///< only its registers
    std::optional<std::chrono::local_seconds> clock{}; ///< of the meter, if it has one
    std::chrono::system_clock::time_point received;
};

/// A line of JSON with a check sum.
[[nodiscard]] std::string to_text(const HourlyRecord& record);

/// Parses such a line; the error says why it cannot be parsed.
[[nodiscard]] std::expected<HourlyRecord, std::string> hourly_record_of(std::string_view text);

} // namespace hanport::store
