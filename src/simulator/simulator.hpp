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
    double noise = 0; ///< 0…1, share of frames damaged, and of those with garbage before them
    MeterTime start{};
    std::string meter_id{}; ///< empty: one of the model's manufacturer, from the seed
};

/// A frame, and when its first byte leaves the meter. The power that it shows flows until the next
/// frame, and it is from this power that registers grow.
struct SimulatedFrame {
    MeterTime at{};
    std::chrono::milliseconds fraction{}; ///< behind `at`, Aidon's 2.5 s
    std::string kind; ///< "power", "live", "hourly", as a decoder calls it by what is in it
    std::vector<std::uint8_t> octets; ///< flags included; damaged where the noise hit it, and maybe
                                      ///< garbage before it
    bool intact = true;
};

/// The names that --meter takes.
[[nodiscard]] std::vector<std::string_view> simulator_models();

/// Its clock goes on without a change to or from summer time. Where it begins within a day makes no
/// difference to what it sends from there on, noise apart; on a later day its registers are higher,
/// so that it is the same meter when it is started anew.
class Simulator {
  public:
    /// Throws std::invalid_argument for an unknown model, or a meter id that the model cannot have.
    explicit Simulator(const SimulatorOptions& options);
    ~Simulator();
    Simulator(const Simulator&) = delete;
    Simulator& operator=(const Simulator&) = delete;

    /// The next frame, the first one at the start or after it; there is always one.
    [[nodiscard]] SimulatedFrame next();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace hanport
