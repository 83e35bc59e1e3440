// Plausibility filter: detects registers that fall, jump or stand still together with their clock,
// voltages and currents outside the range of a house, and power that does not match the registers.
// Input is lists and time; no I/O.
//
// An implausible value is dropped and remembered. If the values after it agree with it (three in
// all, over ten minutes or more), the change is genuine and accepted: for example new firmware or a
// reset of the meter. Values that no house can have (2,300 V) are never accepted.
#pragma once

#include "han/list/list.hpp"
#include "meter/energy.hpp"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace hanport::meter {

enum class ViolationKind : std::uint8_t {
    register_fell,
    register_jumped, ///< by more than the highest power allows
    stale_list,      ///< registers and clock are the same as some time ago
    out_of_range,    ///< a voltage or current that no house can have
    power_too_high,  ///< higher than the highest power
    wrong_scale      ///< power and register differ by a power of ten; nothing is dropped
};
inline constexpr std::size_t violation_kinds = 6;

/// Key for counters: "register_fell".
[[nodiscard]] std::string_view key(ViolationKind kind) noexcept;

/// A violation found in a list.
struct Violation {
    ViolationKind kind{};
    std::string quantity; ///< "active_energy_import"; empty for the list as a whole
    std::string numbers;  ///< for the log: "268948830 Wh, before 268951200 Wh"
};

struct CheckResult {
    std::vector<Violation> dropped;
    std::vector<std::string> accepted; ///< quantities whose change was confirmed and accepted
    std::vector<std::string> numbers;  ///< for each of them: "from 268948830 Wh to 12 Wh"
    bool repeated =
        false; ///< registers and clock are the same as in the previous list: nothing new

    [[nodiscard]] bool drops(std::string_view quantity) const noexcept;
    [[nodiscard]] bool accepts(std::string_view quantity) const noexcept;
};

class PlausibilityFilter {
  public:
    struct Options {
        /// The highest power of the connection in W; empty: twice the highest power seen, at least
        /// `least_limit`.
        std::optional<std::int64_t> max_power{};
    };

    /// Above 63 A in three phases of 230/400 V.
    static constexpr std::int64_t least_limit = 50'000;

    /// A register as last accepted.
    struct Register {
        std::int64_t wh = 0;
        base::WallTime received{};
        std::optional<std::chrono::local_seconds> clock{}; ///< of the meter
        std::optional<base::SteadyTime> heard{};           ///< when it was received, if in this run
    };

    /// State that survives a restart.
    struct State {
        std::map<std::string, Register> registers{}; ///< by quantity
        std::int64_t learned_power = 0;              ///< W; the highest that lasted three lists
    };

    explicit PlausibilityFilter(const Options& options) : options_(options) {}
    PlausibilityFilter(const Options& options, State state)
        : options_(options), state_(std::move(state)) {}

    /// Sets the configured highest power of the port on which the meter is heard; see Options.
    void set_max_power(std::optional<std::int64_t> max_power) noexcept {
        options_.max_power = max_power;
    }

    /// Checks a list; the next list is compared with the accepted values. A list that arrives twice
    /// within a minute is not a violation; its registers are ignored.
    [[nodiscard]] CheckResult check(const han::list::List& list, base::Instant now);

    /// Compares the increase of a register with the power of the same time. Reports a wrong scale;
    /// empty if they agree, or if the energy is too small for a comparison.
    [[nodiscard]] std::optional<Violation> compare(const std::string& quantity,
                                                   std::int64_t register_wh, std::int64_t power_wh);

    /// True if values are being dropped now: registers until the next good one, other values for
    /// ten minutes, a wrong scale until registers and power agree.
    [[nodiscard]] bool is_implausible(base::SteadyTime now) const noexcept;

    /// W: error margin of the comparison of registers and power.
    [[nodiscard]] std::int64_t limit() const noexcept;

    /// Violations since the start, by kind.
    [[nodiscard]] const std::array<std::uint64_t, violation_kinds>& counts() const noexcept {
        return counts_;
    }
    [[nodiscard]] const State& state() const noexcept { return state_; }

  private:
    // A dropped value that may turn out to be genuine.
    struct Pending {
        Register first;
        Register last;
        int count = 0;
    };

    [[nodiscard]] std::optional<std::chrono::nanoseconds>
    repeated_after(const han::list::List& list, base::Instant now) const;
    [[nodiscard]] bool is_possible(const Register& from, const Register& to,
                                   std::int64_t resolution) const noexcept;
    void check_register(const std::string& name, const han::Decimal& number, const Register& read,
                        CheckResult& result);
    void check_power(const std::string& name, std::int64_t watts, base::Instant now,
                     CheckResult& result);
    [[nodiscard]] bool confirms(const std::string& name, const Register& read,
                                std::int64_t resolution);
    void drop(CheckResult& result, ViolationKind kind, std::string quantity, std::string numbers);
    void learn(const std::string& name, std::int64_t watts);

    Options options_;
    State state_;
    std::map<std::string, Pending> pending_;
    std::array<std::uint64_t, violation_kinds> counts_{};
    std::map<std::string, std::array<std::int64_t, 2>>
        recent_powers_; // the last two of each quantity
    std::optional<base::SteadyTime> last_live_violation_;
    bool registers_are_suspect_ = false;
    bool scale_is_suspect_ = false;
};

} // namespace hanport::meter
