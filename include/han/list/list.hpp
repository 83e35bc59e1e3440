// A list from a meter: the meter's names, the time, and the measured values.
#pragma once

#include "han/cosem/reading.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace han::list {

/// The three lists of the Norwegian norm (list 1, 2 and 3), distinguished by their values, and the
/// reading of a polled meter.
enum class ListKind : std::uint8_t {
    power,  ///< list 1: active power only, every 2 to 2.5 s
    live,   ///< list 2: every 10 s
    hourly, ///< list 3: with energy registers, every hour; outside Norway every 10 s
    readout ///< of a polled meter
};

/// "power", "live", "hourly", "readout".
[[nodiscard]] std::string_view text(ListKind kind) noexcept;

struct List {
    std::uint64_t offset = 0;      ///< of the (last) frame's opening flag in the stream
    std::string_view manufacturer; ///< empty if unknown
    std::string meter_id;          ///< empty if the meter has not yet named itself
    std::string meter_type;        ///< empty if not known
    std::string list_id;           ///< empty if not sent
    bool names_meter = false;      ///< meter_id is from this list, not from an earlier one
    ListKind kind = ListKind::live;
    std::optional<dlms::DateTime> meter_time; ///< by the meter's clock, which may be wrong
    bool deviation_usable =
        true; ///< false for manufacturers whose deviation does not follow the standard
    std::vector<cosem::Reading> readings; ///< in the order sent, without ids and type
};

} // namespace han::list
