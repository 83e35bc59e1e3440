// Virtual polled meters: a Multical 601 (KMP), a Multical 66 ("/#1") and the readout of an
// Omnipower (IEC 62056-21). Input is octets and their speed, output is the answer.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hanport::simulator {

struct PolledMeterOptions {
    std::string model;      ///< one of polled_meter_models()
    std::string meter_id{}; ///< empty: default of the model
    std::uint64_t seed = 1; ///< of the damage
    double noise = 0;       ///< 0…1: share of damaged answers
    bool echo = false;      ///< of the optical head: requests are echoed at once
    unsigned asleep = 0;    ///< number of requests ignored before the first answer
};

/// An answer of a meter.
struct Answer {
    std::chrono::milliseconds after{}; ///< delay after the request
    std::vector<std::uint8_t> octets;
    unsigned baud = 0; ///< readable at this speed only; 0: an echo, readable at every speed
};

/// The names for --meter.
[[nodiscard]] std::vector<std::string_view> polled_meter_models();

class PolledMeter {
  public:
    virtual ~PolledMeter() = default;

    /// Octets have arrived, sent at `baud`, at this time after the start.
    [[nodiscard]] virtual std::vector<Answer>
    hear(std::span<const std::uint8_t> octets, unsigned baud, std::chrono::milliseconds since) = 0;
};

/// Throws std::invalid_argument for an unknown model or an id that the model cannot have.
[[nodiscard]] std::unique_ptr<PolledMeter> make_polled_meter(const PolledMeterOptions& options);

} // namespace hanport::simulator
