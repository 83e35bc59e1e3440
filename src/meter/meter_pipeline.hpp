// One meter from its lists to what is published, stored and reported of it. Input is lists and
// time; no I/O.
#pragma once

#include "meter/outcome.hpp"

#include <set>

namespace hanport::meter {

class MeterPipeline {
  public:
    /// A meter is online while its last intact list is younger than this: five missed lists of a
    /// Kamstrup meter.
    static constexpr std::chrono::seconds online_lifetime{60};

    explicit MeterPipeline(std::string meter_id) { snapshot_.meter_id = std::move(meter_id); }

    /// Restores the registers of an earlier run.
    void restore(const Snapshot& registers) { snapshot_ = registers; }

    /// Sets the analytics of a pushed meter, which may continue from an earlier run; `saved` is the
    /// time at which their state was last saved. Without this they begin with the first list that
    /// is pushed, and there is no capacity charge.
    void set_analytics(MeterAnalytics analytics, base::WallTime saved);
    [[nodiscard]] bool has_analytics() const noexcept { return analytics_.has_value(); }

    /// The meter is polled: it stays online, and its values stay valid, for two of the intervals
    /// and a minute. Its lists are readouts, which have no analytics.
    void set_polled(const PollTimes& times);

    /// Sets the configured highest power of the port on which a pushed meter is heard; see
    /// PlausibilityFilter::Options.
    void set_max_power(std::optional<std::int64_t> max_power);
    /// Sets the owner's corrections; the next outcome has the capacity charge.
    void correct(TariffCorrections corrections);
    /// Why the broker refuses the lists of the meter, in words; empty once it accepts them again.
    void set_refused(std::string why) { refused_ = std::move(why); }

    /// Processes a list of this meter.
    [[nodiscard]] Outcome take(const han::list::List& list, base::Instant now);

    /// Time has passed; call this every few seconds. `port`: problem of the port on which the meter
    /// was last heard; empty if that port is not known.
    [[nodiscard]] Outcome tick(base::Instant now, std::optional<Problem> port);

    /// The last outcome of this run, at an orderly stop.
    [[nodiscard]] Outcome stop(base::Instant now) const;

    [[nodiscard]] const Snapshot& snapshot() const noexcept { return snapshot_; }
    [[nodiscard]] bool is_online(base::SteadyTime now) const noexcept {
        return last_list_ && now - *last_list_ < lifetime_;
    }
    /// As last reported; empty before the first report.
    [[nodiscard]] const std::optional<ReportedProblem>& problem() const noexcept {
        return problem_;
    }
    /// Values dropped since the start, by ViolationKind.
    [[nodiscard]] std::array<std::uint64_t, violation_kinds> dropped() const noexcept;

  private:
    [[nodiscard]] Outcome outcome_at(base::Instant now) const;
    void analyse(const han::list::List& list, Outcome& outcome);
    void keep_values(const han::list::List& list, const CheckResult& result, base::SteadyTime now);
    void set_live_values(base::SteadyTime now);
    void set_live_value(std::string_view energy, const LiveCounter& counter, base::SteadyTime now);
    void report(const MeterAnalytics::Outcome& checked, std::vector<Report>& reports);
    [[nodiscard]] std::optional<Problem> problem_now(base::SteadyTime now, Problem port) const;
    [[nodiscard]] std::optional<ReportedProblem> changed_problem(Problem cause);
    [[nodiscard]] std::optional<ChargeView> charge(base::WallTime now) const;
    [[nodiscard]] bool save_is_due(base::WallTime now);

    Snapshot snapshot_;
    std::chrono::seconds lifetime_ = online_lifetime;
    std::optional<PollTimes> polled_;
    std::optional<base::SteadyTime> last_list_; // in this run
    bool was_online_ = false;                   // at the last outcome
    // Since the start; then all quantities of this meter are known.
    bool had_live_ = false;
    bool had_registers_ = false;

    std::optional<MeterAnalytics> analytics_; // of a pushed meter
    std::set<std::string> reported_;          // violations
    base::WallTime saved_{};                  // time at which the state was last saved
    bool save_now_ = false;                   // do not wait for the hour
    bool corrected_ = false;                  // since the last outcome
    std::string refused_;                     // empty: the broker accepts the lists
    std::optional<ReportedProblem> problem_;
};

} // namespace hanport::meter
