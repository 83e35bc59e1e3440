// The files of each meter: its analytics, written when an outcome says so, and read for a meter that
// is new in this run; the owner's corrections.
#pragma once

#include "meter/outcome.hpp"
#include "store/analytics_store.hpp"
#include "store/checkpoint.hpp"

#include <map>

namespace hanport::store {

class MeterFiles : public meter::OutcomeSink {
  public:
    explicit MeterFiles(std::filesystem::path state_directory)
        : state_directory_(std::move(state_directory)) {}

    struct Loaded {
        meter::MeterAnalytics analytics;
        base::WallTime saved{}; ///< time at which they were last saved; the epoch if never
    };
    /// The analytics of a meter as the last run left them, or new ones. What is not plausible in
    /// them is dropped and logged; `max_power` is that of the port, see PlausibilityFilter::Options. Consumes
    /// the file of an orderly stop.
    [[nodiscard]] Loaded load(const std::string& meter_id, const meter::AnalyticsOptions& options,
                              std::optional<std::int64_t> max_power, base::WallTime now);

    /// The owner's corrections of a meter that was loaded, once after each change.
    [[nodiscard]] std::optional<meter::TariffCorrections>
    changed_corrections(const std::string& meter_id);

    /// Writes the checkpoint and the state, if the outcome has them. Disk errors are logged.
    void on_outcome(const meter::Outcome& outcome) override;
    void forget(const std::string& meter_id) override;

  private:
    struct Files {
        AnalyticsStore state;
        Checkpoint checkpoint;
    };

    std::filesystem::path state_directory_;
    std::map<std::string, Files> files_; // by meter id
};

} // namespace hanport::store
