// The measuring part of a meter: totals over the phases, currents, power factors, and registers
// integrated exactly from the power in the lists.
#pragma once

#include "simulator/household.hpp"

namespace hanport::simulator {

/// A quantity by OBIS C and D. C % 20 is the quantity (1 P+, 2 P-, 3 Q+, 4 Q-, 11 current, 12
/// voltage, 13 power factor), C / 20 the phase, 0 for the total. D is 7 for an instantaneous value,
/// 8 for a register.
struct Quantity {
    std::uint8_t c = 0;
    std::uint8_t d = 0;

    friend bool operator==(const Quantity&, const Quantity&) = default;
};

/// Kind of a value; it determines the unit of Meter::value.
enum class Kind : std::uint8_t {
    power,       ///< 1 W or var
    energy,      ///< 1 Wh or varh, rounded down
    current,     ///< 1 mA; negative while the phase exports
    voltage,     ///< 0.1 V
    power_factor ///< 0.001
};
[[nodiscard]] Kind kind_of(Quantity quantity) noexcept;

/// Connection of the house; it determines the currents.
enum class Wiring : std::uint8_t {
    single_phase,
    three_wire, ///< IT: loads between the lines, currents in the lines
    four_wire   ///< TN
};

/// Which registers are shown.
enum class Registers : std::uint8_t { of_now, of_the_hour };

class Meter {
  public:
    /// Registers start with values that depend on the seed and grow with the date, faster than any
    /// household's: a meter that is stopped and started on a later day never counts back. A- is 0
    /// if nothing is ever exported.
    Meter(Wiring wiring, bool exports, std::uint64_t seed, std::chrono::local_days day) noexcept;

    /// Sets the load until the next call.
    void set(const Load& load) noexcept;
    /// Advances the time: the registers grow by the load.
    void pass(std::chrono::milliseconds time) noexcept;
    /// The full hour: stores the registers.
    void strike() noexcept { hour_ = now_; }

    /// In the unit of its kind. Powers and registers come in pairs of which only one grows: the
    /// phases are added with their signs.
    [[nodiscard]] std::int64_t value(Quantity quantity, Registers registers) const noexcept;

  private:
    // By phase (0: total), and P+, P-, Q+, Q-.
    using Four = std::array<std::int64_t, 4>;
    using ByPhase = std::array<Four, phases + 1>;

    [[nodiscard]] std::int64_t amplitude(std::size_t phase) const noexcept;
    [[nodiscard]] std::int64_t current(std::size_t phase) const noexcept;
    [[nodiscard]] std::int64_t power_factor(std::size_t phase) const noexcept;

    Wiring wiring_;
    Load load_;
    ByPhase power_{}; // W, var
    ByPhase now_{};   // W·ms, var·ms
    ByPhase hour_{};
};

} // namespace hanport::simulator
