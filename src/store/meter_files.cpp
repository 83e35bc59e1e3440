// Files of meters; see meter_files.hpp.
#include "store/meter_files.hpp"

#include "meter/saved_state.hpp"

#include <spdlog/spdlog.h>

namespace hanport::store {

MeterFiles::Loaded MeterFiles::load(const std::string& meter_id,
                                    const meter::AnalyticsOptions& options,
                                    std::optional<std::int64_t> max_power, base::WallTime now) {
    Files& files = files_
                       .try_emplace(meter_id, AnalyticsStore(state_directory_, meter_id),
                                    Checkpoint(state_directory_, meter_id))
                       .first->second;
    auto found = files.state.take();
    // After a crash the counters are known; everything else since the last hour is lost.
    if (const auto counters = files.checkpoint.read(); counters && found && !found->clean) {
        found->state.import = counters->import;
        found->state.exported = counters->exported;
        found->clean = true;
    }
    if (found)
        for (const std::string& finding :
             meter::put_right(found->state, {.max_power = max_power}, now))
            spdlog::error("meter {}: {}", meter_id, finding);
    Loaded loaded{.analytics = found ? meter::MeterAnalytics(options, found->state, found->clean)
                                     : meter::MeterAnalytics(options),
                  .saved = found ? found->saved : base::WallTime{}};
    (void)files.state.corrections_changed();
    loaded.analytics.correct(files.state.corrections());
    return loaded;
}

std::optional<meter::TariffCorrections>
MeterFiles::changed_corrections(const std::string& meter_id) {
    const auto files = files_.find(meter_id);
    if (files == files_.end() || !files->second.state.corrections_changed())
        return std::nullopt;
    spdlog::info("meter {}: corrections of hours read", meter_id);
    return files->second.state.corrections();
}

void MeterFiles::on_outcome(const meter::Outcome& outcome) {
    const auto found = files_.find(outcome.snapshot.meter_id);
    if (found == files_.end())
        return;
    auto& [state, checkpoint] = found->second;
    if (outcome.counters)
        checkpoint.write(*outcome.counters);
    if (!outcome.state_to_save)
        return;
    if (!outcome.is_last)
        state.save(*outcome.state_to_save, outcome.now.wall);
    else if (state.save_at_end(*outcome.state_to_save, outcome.now.wall))
        checkpoint.remove(); // otherwise the next start would take the counters from it
}

void MeterFiles::forget(const std::string& meter_id) {
    const auto found = files_.find(meter_id);
    if (found == files_.end())
        return;
    found->second.checkpoint.remove();
    files_.erase(found);
}

} // namespace hanport::store
