// A virtual meter: the lists that a meter of a given model would push in a household, each at its
// time.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hanport::simulator {

/// Local time without a zone, as shown by the meter's clock.
using MeterTime = std::chrono::local_seconds;

struct SimulatorOptions {
    std::string model = "kamstrup-3p4q"; ///< one of simulator_models()
    std::uint64_t seed = 1;              ///< same seed, same day
    double noise = 0; ///< 0…1, share of frames damaged, and of those with garbage before them
    MeterTime start{};
    std::string meter_id{}; ///< empty: derived from the seed, in the manufacturer's form
};

/// A frame, and the time at which its first byte leaves the meter. Its power flows until the next
/// frame; the registers grow from this power.
struct SimulatedFrame {
    MeterTime at{};
    std::chrono::milliseconds fraction{}; ///< added to `at`, for Aidon's 2.5 s
    std::string kind; ///< "power", "live", "hourly": the decoder's name, by its contents
    std::vector<std::uint8_t> octets; ///< with flags; may be damaged by noise and
                                      ///< garbage before it
    bool intact = true;
};

/// The names for --meter.
[[nodiscard]] std::vector<std::string_view> simulator_models();

/// The clock does not change to or from summer time. The start time within a day makes no
/// difference to the frames after it, apart from noise. On a later day the registers are higher, so
/// that a restarted meter is still the same meter.
class Simulator {
  public:
    /// Throws std::invalid_argument for an unknown model, or a meter id that the model cannot have.
    explicit Simulator(const SimulatorOptions& options);
    ~Simulator();
    Simulator(const Simulator&) = delete;
    Simulator& operator=(const Simulator&) = delete;

    /// The next frame, the first one at or after the start; there is always one.
    [[nodiscard]] SimulatedFrame next();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace hanport::simulator
