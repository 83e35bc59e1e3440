// A period of a simulated meter's time, frame by frame, as decoded.
#pragma once

#include "han/decoder.hpp"
#include "simulator/simulator.hpp"

#include <map>

namespace support {

/// Meter time to the millisecond.
using Millis = std::chrono::local_time<std::chrono::milliseconds>;

/// What the decoder made of one frame.
struct DecodedFrame {
    Millis at{};
    std::string announced; ///< the kind that the simulator names
    bool intact = true;    ///< likewise
    std::size_t lists = 0;
    std::size_t refusals = 0;
    std::string kind;
    std::string meter_time; ///< ISO 8601 without offset
    std::string meter_id;
    std::string manufacturer;
    std::map<std::string, std::int64_t> values; ///< in a thousandth of their units
};

/// All frames from the start of `options` until `length` later, each decoded before the next.
[[nodiscard]] std::vector<DecodedFrame>
decode_simulated(const hanport::simulator::SimulatorOptions& options, std::chrono::seconds length);

/// A time of 2026 by the meter's clock.
[[nodiscard]] hanport::simulator::MeterTime meter_time(unsigned month, unsigned day, int hour = 0,
                                                       int minute = 0, int second = 0);

} // namespace support
