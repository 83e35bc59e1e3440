// Tables for discovery: Home Assistant's attributes for each kind of quantity, and the diagnostics.
// Home Assistant accepts these classes, units and precisions together; it rejects a sensor whose
// unit does not fit its class.
#pragma once

#include "han/cosem/obis.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace hanport::homeassistant {

/// One row per kind of quantity. An empty text is left out of the message.
struct KindOfSensor {
    han::cosem::QuantityKind kind{};
    std::string_view device_class;
    std::string_view state_class;
    std::string_view unit;
    int least_decimals = 0; ///< the meter's resolution selects a number between these two
    int most_decimals = 0;
    bool expires = true; ///< true for live values; registers do not expire
};

[[nodiscard]] const KindOfSensor& sensor_of(han::cosem::QuantityKind kind) noexcept;

/// The kind of the quantity with this name; a live counter has the kind of its register. Empty if
/// the table of quantities has no such name.
[[nodiscard]] std::optional<han::cosem::QuantityKind> kind_of(std::string_view name) noexcept;

/// A quantity's name for people, without the device name: "Power import", "Current L1".
[[nodiscard]] std::string title_of(std::string_view name);

/// Source of a diagnostic's value.
enum class Source : std::uint8_t { stats, live_list };

/// Entities about the reader, not about the meter's measurements.
struct Diagnostic {
    std::string_view key;
    std::string_view title;
    Source source{};
    std::string_view value; ///< key in the source's JSON
    std::string_view device_class;
    std::string_view state_class;
    std::string_view unit;
    bool enabled = true; ///< false for counters
};

inline constexpr auto diagnostics = std::to_array<Diagnostic>({
    {"last_list", "Last list", Source::live_list, "received", "timestamp", "", "", true},
    {"list_id", "List version", Source::live_list, "list_id", "", "", "", true},
    {"port_state", "Port state", Source::stats, "port_state", "", "", "", true},
    {"parity", "Parity", Source::stats, "parity", "", "", "", true},
    {"outbox_depth", "Waiting messages", Source::stats, "outbox_depth", "", "measurement", "",
     true},
    {"frames_ok", "Frames received", Source::stats, "frames_ok", "", "total_increasing", "", false},
    {"frames_refused", "Frames refused", Source::stats, "frames_refused", "", "total_increasing",
     "", false},
    {"values_dropped", "Values dropped", Source::stats, "values_dropped", "", "total_increasing",
     "", false},
    {"bytes", "Bytes received", Source::stats, "bytes", "", "total_increasing", "B", false},
    {"reconnects", "Port reconnects", Source::stats, "reconnects", "", "total_increasing", "",
     false},
});

} // namespace hanport::homeassistant
