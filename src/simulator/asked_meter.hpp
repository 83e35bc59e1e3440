// Virtual meters that have to be asked: a Multical 601 (KMP), a Multical 66 ("/#1") and an Omnipower's
// own readout (IEC 62056-21). Told what they hear and at which speed, they say what they answer.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hanport {

struct AskedMeterOptions {
    std::string model;      ///< one of asked_meter_models()
    std::string meter_id{}; ///< empty: one of its own
    std::uint64_t seed = 1; ///< of the damage
    double noise = 0;       ///< 0…1: share of the answers that are damaged
    bool echo = false;      ///< of the optical head: what is heard comes back at once
    unsigned asleep = 0;    ///< so many requests are not answered; then somebody presses a button
};

/// What a meter sends.
struct Answer {
    std::chrono::milliseconds after{}; ///< what it answers has been heard
    std::vector<std::uint8_t> octets;
    unsigned baud = 0; ///< at another speed nobody understands it; 0: an echo, whatever the speed
};

/// The names that --meter takes.
[[nodiscard]] std::vector<std::string_view> asked_meter_models();

class AskedMeter {
  public:
    virtual ~AskedMeter() = default;

    /// These octets have come, sent at `baud`, so long after the beginning.
    [[nodiscard]] virtual std::vector<Answer>
    hear(std::span<const std::uint8_t> octets, unsigned baud, std::chrono::milliseconds since) = 0;
};

/// Throws std::invalid_argument for an unknown model or an id that it cannot have.
[[nodiscard]] std::unique_ptr<AskedMeter> make_asked_meter(const AskedMeterOptions& options);

} // namespace hanport
