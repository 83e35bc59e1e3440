// Why a meter's values do not come, or cannot be believed: a stable vocabulary, each with a sentence
// of advice.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace hanport {

/// In the order of what hides what: a port that is not there has no bytes either.
enum class Cause : std::uint8_t {
    ok,
    no_port,
    no_bytes,
    wrong_parity_or_baud,
    long_frames_damaged,
    ciphered_without_key,
    meter_stopped,
    unknown_list,
    broker_refuses,
    implausible,
    clock_off,
    too_many_meters
};

struct CauseRow {
    Cause cause{};
    std::string_view key;    ///< stable: "no_port"
    std::string_view text;   ///< what it is, for people
    std::string_view advice; ///< one sentence; empty for ok
};

/// All of them, in the order of Cause.
[[nodiscard]] std::span<const CauseRow> causes() noexcept;
[[nodiscard]] const CauseRow& row(Cause cause) noexcept;

} // namespace hanport
