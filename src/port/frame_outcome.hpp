// What came of a frame of a pushed meter, or of an answer or a poll of a polled one.
#pragma once

#include "han/decoder.hpp"
#include "iec62056/error.hpp"
#include "kmp/error.hpp"
#include "polled/session.hpp"

#include <cstdint>
#include <map>
#include <string_view>
#include <variant>

namespace hanport::port {

/// A list, or the reason why there is none.
using FrameOutcome = std::variant<han::list::ListKind, han::hdlc::Error, han::dlms::Error,
                                  han::list::Error, kmp::Error, iec62056::Error, polled::Failure>;

using FrameCounts = std::map<FrameOutcome, std::uint64_t>;

[[nodiscard]] FrameOutcome outcome_of(const han::Error& error) noexcept;

/// True for a list.
[[nodiscard]] constexpr bool is_list(const FrameOutcome& outcome) noexcept {
    return std::holds_alternative<han::list::ListKind>(outcome);
}

/// "live", "bad_fcs": the kind of the list, or the key of the reason.
[[nodiscard]] std::string_view key(const FrameOutcome& outcome) noexcept;

} // namespace hanport::port
