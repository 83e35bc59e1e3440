// Frames of the corpus that the tests of ports send.
#pragma once

#include "port/port_state.hpp"
#include "support/corpus.hpp"

namespace port_frames {

inline constexpr std::string_view live = "kamstrup-no-3p4q-live-new";
inline constexpr std::string_view hourly = "kaifa-no-3p-hourly";
inline constexpr std::string_view power = "kaifa-no-power";

[[nodiscard]] inline const support::Octets& octets(std::string_view name) {
    return support::corpus_file(name).octets;
}

/// The line that its only list gives.
[[nodiscard]] inline const std::string& line(std::string_view name) {
    return support::corpus_file(name).lines.at(0);
}

/// The state of a port that received `live`.
inline const hanport::port::PortState kamstrup{.parity = hanport::config::Parity::none,
                                               .meter_id = "5706567000000456",
                                               .meter_type = "6841131BN200000002",
                                               .manufacturer = "Kamstrup"};

} // namespace port_frames
