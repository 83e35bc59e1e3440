// A list as a meter pushes it: who sent it, when, and what it measured.
#pragma once

#include "han/cosem/reading.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace han::list {

/// The three lists of the Norwegian norm, told apart by what is in them, and what a meter says when
/// it is asked.
enum class ListKind : std::uint8_t {
    power,  ///< active power only, every 2 to 2.5 s
    live,   ///< every 10 s
    hourly, ///< with energy registers; elsewhere than in Norway every 10 s as well
    readout ///< of a meter that does not push
};

/// "power", "live", "hourly", "readout".
[[nodiscard]] std::string_view text(ListKind kind) noexcept;

struct List {
    std::uint64_t offset = 0;      ///< of the (last) frame's opening flag in the stream
    std::string_view manufacturer; ///< empty if unknown
    std::string meter_id;          ///< empty if the meter did not name itself yet
    std::string meter_type;        ///< empty likewise
    std::string list_id;           ///< empty if not sent
    bool names_meter = false;      ///< meter_id is the list's own, not the one of the list before
    ListKind kind = ListKind::live;
    std::optional<dlms::DateTime> meter_time; ///< by the meter's clock, which need not be right
    bool deviation_usable =
        true; ///< false for manufacturers whose deviation does not follow the standard
    std::vector<cosem::Reading> readings; ///< in the order sent, ids and type left out
};

} // namespace han::list
