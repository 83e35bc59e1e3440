// A virtual meter: the lists that a meter of some model would push in a household, each at its
// second.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hanport {

/// Local time without zone, as the meter's clock shows it.
using MeterTime = std::chrono::local_seconds;

struct SimulatorOptions {
    std::string model = "kamstrup-3p4q"; ///< one of simulator_models()
    std::uint64_t seed = 1;              ///< same seed, same day
    double noise = 0;     ///< share of frames damaged: bits flipped, bytes lost, garbage between
    MeterTime start{};    ///< by the meter's clock
    std::string meter_id; ///< empty: one of the model's maker, from the seed
};

/// A frame, and when its first byte leaves the meter.
struct SimulatedFrame {
    MeterTime at{};
    std::chrono::milliseconds fraction{}; ///< behind `at`, Aidon's 2.5 s
    std::string kind;                     ///< "power", "live", "hourly"
    std::vector<std::uint8_t> octets;     ///< flags included; damaged where the noise hit it
    bool intact = true;
};

/// The names that --meter takes.
[[nodiscard]] std::vector<std::string_view> simulator_models();

class Simulator {
  public:
    /// Throws std::invalid_argument for an unknown model.
    explicit Simulator(const SimulatorOptions& options);
    ~Simulator();
    Simulator(const Simulator&) = delete;
    Simulator& operator=(const Simulator&) = delete;

    /// The next frame; there is always one.
    [[nodiscard]] SimulatedFrame next();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace hanport
