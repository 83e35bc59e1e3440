// The measuring part of a meter: totals over the phases, currents, power factors, and registers
// that are integrated exactly from the power that the lists show.
#pragma once

#include "simulator/household.hpp"

namespace hanport::simulator {

/// A quantity by OBIS C and D. C % 20 is what (1 P+, 2 P-, 3 Q+, 4 Q-, 11 current, 12 voltage, 13
/// power factor), C / 20 of which phase, 0 for all together; D is 7 for the moment, 8 for a
/// register.
struct Quantity {
    std::uint8_t c = 0;
    std::uint8_t d = 0;

    friend bool operator==(const Quantity&, const Quantity&) = default;
};

/// What kind of value it is, and so in which unit Meter::value tells it.
enum class Kind : std::uint8_t {
    power,       ///< 1 W or var
    energy,      ///< 1 Wh or varh, rounded down
    current,     ///< 1 mA; negative where the phase feeds in
    voltage,     ///< 0.1 V
    power_factor ///< 0.001
};
[[nodiscard]] Kind kind_of(Quantity quantity) noexcept;

/// How the house is connected: what the currents are.
enum class Wiring : std::uint8_t {
    single_phase,
    three_wire, ///< IT: loads between the lines, currents in the lines
    four_wire   ///< TN
};

/// Which registers are shown.
enum class Registers : std::uint8_t { of_now, of_the_hour };

class Meter {
  public:
    /// Registers begin with values that belong to the seed and grow with the day, more than any
    /// household uses: a meter that is stopped and started on a later day never counts back. A- is
    /// 0 where nothing is ever fed in.
    Meter(Wiring wiring, bool exports, std::uint64_t seed, std::chrono::local_days day) noexcept;

    /// The load from now on, until it is set anew.
    void set(const Load& load) noexcept;
    /// Time has gone by: the registers grow by the load since then.
    void pass(std::chrono::milliseconds time) noexcept;
    /// The clock strikes: the registers are remembered.
    void strike() noexcept { hour_ = now_; }

    /// In the unit of its kind. Powers and registers come in pairs of which one grows: the phases
    /// are added with their signs.
    [[nodiscard]] std::int64_t value(Quantity quantity, Registers registers) const noexcept;

  private:
    // By phase (0: all together), and P+, P-, Q+, Q-.
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
