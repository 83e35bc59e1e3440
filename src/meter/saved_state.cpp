// Limits of saved numbers; see saved_state.hpp.
#include "meter/saved_state.hpp"

#include <algorithm>
#include <cstdlib>

namespace hanport::meter {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

// The published value may exceed a register by the energy of the hour before it, and the clock may
// be set in between.
constexpr auto counter_slack = 2h;

// A clock that is corrected slightly does not repeat an hour.
constexpr auto clock_slack = 1min;

// Same as in the plausibility filter: registers are not read exactly at the full hour.
constexpr auto register_slack = 5min;

// The coarsest registers count kWh.
constexpr std::int64_t coarsest_wh = 1000;

std::string kwh(std::int64_t wh) {
    std::string text = std::to_string(std::abs(wh) / 1000);
    std::string rest = std::to_string(std::abs(wh) % 1000);
    rest.insert(0, 3 - rest.size(), '0');
    return (wh < 0 ? "-" : "") + text + '.' + rest + " kWh";
}

class Check {
  public:
    Check(AnalyticsState& state, const PlausibilityFilter::Options& options, base::WallTime now)
        : state_(state), now_(now),
          limit_(std::max(PlausibilityFilter(options, state.plausibility).limit(),
                          PlausibilityFilter::least_limit)) {}

    std::vector<std::string> run() {
        check_registers();
        check_hours();
        check_last_register(); // before the register that it is compared with may be removed
        check_counter(state_.import, "active_energy_import");
        check_counter(state_.exported, "active_energy_export");
        return std::move(findings_);
    }

  private:
    // Wh that can flow in a given time.
    [[nodiscard]] std::int64_t most(base::WallTime::duration time) const {
        return limit_ * ceil<minutes>(time).count() / minutes(1h).count() + coarsest_wh;
    }

    void check_registers() {
        for (auto& [name, known] : state_.plausibility.registers)
            if (known.received > now_) {
                findings_.push_back("the saved " + name +
                                    " was received in the future; the present is taken");
                known.received = now_;
            }
    }

    void check_counter(LiveCounter::State& counter, const std::string& energy) {
        if (counter.known || counter.published != 0) {
            const auto known = state_.plausibility.registers.find(energy);
            if (known == state_.plausibility.registers.end()) {
                begin_again(counter, energy, "no saved register");
                return;
            }
            const std::int64_t wh = known->second.wh;
            const auto since =
                std::max<base::WallTime::duration>(counter.last - known->second.received, 0s);
            const std::int64_t bound = most(since + counter_slack);
            const auto differs = [&](WattMillis value) {
                return std::abs(to_wh(value - counter.offset) - wh) > bound;
            };
            if (differs(counter.published) || (counter.known && differs(counter.value))) {
                begin_again(counter, energy, "a saved register of " + kwh(wh));
                // The register of the last full hour is consistent and confirms this one.
                if (&counter != &state_.import || !state_.last_register)
                    state_.plausibility.registers.erase(known);
                return;
            }
        }
        check_power(counter, energy);
    }

    void begin_again(LiveCounter::State& counter, const std::string& energy,
                     const std::string& beside) {
        findings_.push_back("the saved live counter of " + energy + " was " +
                            kwh(to_wh(counter.published)) + " (estimate " +
                            kwh(to_wh(counter.value)) + ", offset " + kwh(to_wh(counter.offset)) +
                            ") beside " + beside + "; it begins again from the next register");
        counter = {};
    }

    void check_power(LiveCounter::State& counter, const std::string& energy) {
        if (counter.watts && std::abs(*counter.watts) > limit_) {
            findings_.push_back("the saved power to " + energy + " was " +
                                std::to_string(*counter.watts) + " W; it is forgotten");
            counter.watts.reset();
        }
        const auto into = counter.last - counter.hour;
        if (counter.hour == hour_of(counter.hour) && into >= -clock_slack &&
            into <= 1h + clock_slack &&
            std::abs(to_wh(counter.value - counter.at_hour)) <= most(counter_slack))
            return;
        findings_.push_back("the saved beginning of the hour of " + energy + " was " +
                            kwh(to_wh(counter.at_hour)) + ", the counter " +
                            kwh(to_wh(counter.value)) + "; the hour counts from the counter on");
        counter.hour = hour_of(counter.last);
        counter.at_hour = counter.value;
        counter.hour_known = counter.hour_complete = false;
    }

    void check_hours() {
        const std::int64_t bound = most(1h + register_slack);
        const auto wrong = std::erase_if(state_.hours, [&](const auto& hour) {
            return hour.second.wh < 0 || hour.second.wh > bound;
        });
        if (wrong > 0)
            findings_.push_back(std::to_string(wrong) + " saved hours were beyond " + kwh(bound) +
                                "; they are dropped");
    }

    void check_last_register() {
        const auto& last = state_.last_register;
        const auto known = state_.plausibility.registers.find("active_energy_import");
        if (!last)
            return;
        std::string beside = "no saved register";
        if (known != state_.plausibility.registers.end()) {
            const auto time =
                std::max<base::WallTime::duration>(known->second.received - last->hour, 0s) +
                register_slack;
            const std::int64_t since = known->second.wh - last->wh;
            if (since >= 0 && since <= most(time))
                return;
            beside = "a saved register of " + kwh(known->second.wh);
        }
        findings_.push_back("the saved register of the last full hour was " + kwh(last->wh) +
                            " beside " + beside + "; hours count again from the next full hour on");
        state_.last_register.reset();
    }

    AnalyticsState& state_;
    base::WallTime now_;
    std::int64_t limit_; // W
    std::vector<std::string> findings_;
};

} // namespace

std::vector<std::string> put_right(AnalyticsState& state,
                                   const PlausibilityFilter::Options& options, base::WallTime now) {
    return Check(state, options, now).run();
}

} // namespace hanport::meter
