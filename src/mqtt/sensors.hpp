// The tables behind discovery: how Home Assistant wants each kind of quantity, and the diagnostics.
// Classes, units and precisions are those that Home Assistant accepts together: a sensor whose unit
// does not fit its class is refused altogether.
#pragma once

#include "han/cosem/obis.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace hanport {

/// A row for each kind of quantity. An empty text is left out of the message.
struct KindOfSensor {
    std::string_view device_class;
    std::string_view state_class;
    std::string_view unit;
    int least_decimals = 0; ///< the meter's resolution decides between these two
    int most_decimals = 0;
    bool expires = true; ///< a live value; registers stay
};

[[nodiscard]] const KindOfSensor& sensor_of(han::cosem::Kind kind) noexcept;

/// The kind of the quantity of this name, a live counter's being that of its register; none for a
/// name that is not in the table of quantities.
[[nodiscard]] std::optional<han::cosem::Kind> kind_of(std::string_view name) noexcept;

/// A quantity's name for people, without the device's: "Power import", "Current L1".
[[nodiscard]] std::string title_of(std::string_view name);

/// Where a diagnostic's value is read.
enum class Source : std::uint8_t { stats, live_list };

/// Entities about the reader, not about what the meter measures.
struct Diagnostic {
    std::string_view key;
    std::string_view title;
    Source source{};
    std::string_view value; ///< key in the source's JSON
    std::string_view device_class;
    std::string_view state_class;
    std::string_view unit;
    bool enabled = true; ///< counters are not
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

} // namespace hanport
