// What a meter cannot mean: registers that fall, jump or stand still together with their clock,
// voltages and currents outside what a house has, power and registers that do not fit together.
// Told lists and time, it does no I/O.
//
// A value that is in doubt is dropped and remembered. If those after it agree with it (three in
// all, over ten minutes or more), the change is a true one and accepted: a meter's new firmware, a
// reset. What no house has (2,300 V) is never accepted.
#pragma once

#include "han/list/list.hpp"

#include <array>
#include <map>
#include <string>
#include <vector>

#include "home/energy.hpp"

namespace hanport {

enum class Doubt : std::uint8_t {
    register_fell,
    register_jumped, ///< further than the highest power allows
    stale_list,      ///< registers as a while before, and the clock as well
    out_of_range,    ///< a voltage or current that no house has
    power_too_high,  ///< more than the highest power
    wrong_scale      ///< power and register differ by a power of ten; nothing is dropped for it
};
inline constexpr std::size_t doubts = 6;

/// For counters: "register_fell".
[[nodiscard]] std::string_view key(Doubt doubt) noexcept;

/// What was found in a list.
struct Finding {
    Doubt doubt{};
    std::string quantity; ///< "active_energy_import"; empty for the list as a whole
    std::string numbers;  ///< for the log: "268948830 Wh, before 268951200 Wh"
};

struct Judgement {
    std::vector<Finding> dropped;
    std::vector<std::string> accepted; ///< quantities whose change has confirmed itself
    std::vector<std::string> numbers;  ///< of each: "from 268948830 Wh to 12 Wh"
    bool repeated = false; ///< registers and clock are those of the list before: no news

    [[nodiscard]] bool drops(std::string_view quantity) const noexcept;
    [[nodiscard]] bool accepts(std::string_view quantity) const noexcept;
};

class Guards {
  public:
    struct Options {
        /// The highest power of the connection in W; none: twice what was seen, at least
        /// `least_limit`.
        std::optional<std::int64_t> max_power{};
    };

    /// More than 63 A in three phases of 230/400 V.
    static constexpr std::int64_t least_limit = 50'000;

    /// A register as last accepted.
    struct Register {
        std::int64_t wh = 0;
        WallTime received{};
        std::optional<std::chrono::local_seconds> clock{}; ///< the meter's
        std::optional<SteadyTime> heard{};                 ///< when it was received in this run
    };

    /// To be kept over a restart.
    struct State {
        std::map<std::string, Register> registers{}; ///< by quantity
        std::int64_t learned_power = 0;              ///< W, the highest that lasted three lists
    };

    explicit Guards(const Options& options) : options_(options) {}
    Guards(const Options& options, State state) : options_(options), state_(std::move(state)) {}

    /// The highest power as configured where the meter is heard now; see Options.
    void set_max_power(std::optional<std::int64_t> max_power) noexcept {
        options_.max_power = max_power;
    }

    /// Judges a list; what it accepts is what the next one is compared with. A list that comes
    /// twice within a minute is no doubt, its registers are left out of account.
    [[nodiscard]] Judgement judge(const han::list::List& list, Instant now);

    /// What a register said of the time since the one before, and power of the same time. Tells of
    /// a wrong scale; none where they agree, or too little flowed to tell.
    [[nodiscard]] std::optional<Finding> compare(const std::string& quantity,
                                                 std::int64_t register_wh, std::int64_t power_wh);

    /// Something is being dropped now: registers until the next good one, other values for ten
    /// minutes, a wrong scale until registers and power agree.
    [[nodiscard]] bool in_doubt(SteadyTime now) const noexcept;

    /// W: what registers and power are measured with.
    [[nodiscard]] std::int64_t limit() const noexcept;

    /// Found since the start.
    [[nodiscard]] const std::array<std::uint64_t, doubts>& counts() const noexcept {
        return counts_;
    }
    [[nodiscard]] const State& state() const noexcept { return state_; }

  private:
    // What was dropped and may turn out to be true.
    struct Pending {
        Register first;
        Register last;
        int count = 0;
    };

    [[nodiscard]] std::optional<std::chrono::nanoseconds>
    repeated_after(const han::list::List& list, Instant now) const;
    [[nodiscard]] bool is_possible(const Register& from, const Register& to,
                                   std::int64_t resolution) const noexcept;
    void judge_register(const std::string& name, const han::Decimal& number, const Register& read,
                        Judgement& judgement);
    void judge_power(const std::string& name, std::int64_t watts, Instant now,
                     Judgement& judgement);
    [[nodiscard]] bool confirms(const std::string& name, const Register& read,
                                std::int64_t resolution);
    void drop(Judgement& judgement, Doubt doubt, std::string quantity, std::string numbers);
    void learn(const std::string& name, std::int64_t watts);

    Options options_;
    State state_;
    std::map<std::string, Pending> pending_;
    std::array<std::uint64_t, doubts> counts_{};
    std::map<std::string, std::array<std::int64_t, 2>> recent_powers_; // the last two of each
    std::optional<SteadyTime> last_live_doubt_;
    bool registers_in_doubt_ = false;
    bool scale_in_doubt_ = false;
};

} // namespace hanport
