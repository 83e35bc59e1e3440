// Problems of a meter: why its values do not arrive or are implausible. Each has a stable key and a
// sentence of advice.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace hanport::meter {

/// Ordered by precedence: an earlier problem masks the later ones.
enum class Problem : std::uint8_t {
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

struct ProblemRow {
    Problem cause{};
    std::string_view key;    ///< stable: "no_port"
    std::string_view text;   ///< description for people
    std::string_view advice; ///< one sentence; empty for ok
};

/// All problems, in the order of Problem.
[[nodiscard]] std::span<const ProblemRow> problems() noexcept;
[[nodiscard]] const ProblemRow& row(Problem cause) noexcept;

} // namespace hanport::meter
