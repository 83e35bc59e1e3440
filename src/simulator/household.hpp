// A simulated household: power and voltage of every phase at any time. A pure function of seed and
// time in integers, so that a day is the same for every start time and on every machine.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

namespace hanport::simulator {

/// Meter time in milliseconds.
using MeterMillis = std::chrono::local_time<std::chrono::milliseconds>;

inline constexpr std::size_t phases = 3;

/// Load of the phases; with three wires (IT) of the line pairs L1-L2, L2-L3, L3-L1.
struct Load {
    std::array<std::int64_t, phases> watts{};     ///< negative if more is exported than imported
    std::array<std::int64_t, phases> vars{};      ///< negative if capacitive
    std::array<std::int64_t, phases> decivolts{}; ///< 0.1 V; 0 for a phase that does not exist
};

struct HouseholdOptions {
    std::uint64_t seed = 1;
    std::size_t phases = 3; ///< 1 or 3; with 1 all loads are on the first
    std::int64_t solar_peak =
        0; ///< W of the solar panels in full sun; up to 4 kW on the first phase
};

class Household {
  public:
    explicit constexpr Household(const HouseholdOptions& options) noexcept : options_(options) {}

    [[nodiscard]] Load at(MeterMillis time) const noexcept;

    /// Outdoor temperature in 0.1 °C.
    [[nodiscard]] std::int64_t temperature(MeterMillis time) const noexcept;

  private:
    void add_appliances(Load& load, MeterMillis time) const noexcept;
    void add_heating(Load& load, MeterMillis time) const noexcept;
    void add_base(Load& load, MeterMillis time) const noexcept;
    void add_solar(Load& load, MeterMillis time) const noexcept;
    void set_voltages(Load& load, MeterMillis time) const noexcept;

    HouseholdOptions options_;
};

} // namespace hanport::simulator
