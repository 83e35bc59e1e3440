// An hourly list as it is kept on disk, and its text.
#pragma once

#include "mqtt/snapshot.hpp"

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace hanport {

/// An hourly list as it is kept: the message for the broker, and the meter with its registers.
struct HourlyRecord {
    std::string topic;
    std::string payload;
    Snapshot meter;                                    ///< its registers only
    std::optional<std::chrono::local_seconds> clock{}; ///< the meter's, if it has one
    std::chrono::system_clock::time_point received;
};

/// A line of JSON with a check sum.
[[nodiscard]] std::string to_text(const HourlyRecord& record);

/// The way back; the error says why the text cannot be understood.
[[nodiscard]] std::expected<HourlyRecord, std::string> hourly_record_of(std::string_view text);

} // namespace hanport
