// The meters of the daemon: restored from earlier runs, found on the ports, forgotten.
#pragma once

#include "daemon/withdrawal.hpp"
#include "meter/meter_pipeline.hpp"
#include "port/meter_limits.hpp"
#include "store/hourly_record.hpp"
#include "store/meter_files.hpp"
#include "store/port_state_file.hpp"

#include <functional>

namespace hanport::daemon {

class Meters {
  public:
    struct Meter {
        meter::MeterPipeline pipeline;
        std::string device{}; ///< of the port it was last heard on; empty: unknown
    };
    using ById = std::map<std::string, Meter>;

    /// References must outlive this object. `on_forgotten` is called for each meter that is gone.
    Meters(const config::Config& config, const publish::Topics& topics, store::MeterFiles& files,
           Withdrawal& withdrawal, std::function<void(const std::string& meter_id)> on_forgotten)
        : config_(config), topics_(topics), files_(files), withdrawal_(withdrawal),
          on_forgotten_(std::move(on_forgotten)), limits_(config) {}

    /// Restores the meter of a record of an earlier run, unless its port is no longer configured.
    void restore(const store::HourlyRecord& record, const store::PortStateFile& memory,
                 base::Instant now);

    /// Whether the limits accept the meter of a list. Another meter may be forgotten for it.
    [[nodiscard]] bool accepts(const config::PortConfig& port, const han::list::List& list,
                               base::SteadyTime now);

    /// The pipeline for a list, prepared for its kind and port. A new meter is logged.
    [[nodiscard]] meter::MeterPipeline&
    pipeline_for(const config::PortConfig& port, const han::list::List& list, base::Instant now);

    /// True if a pushed meter was last heard on the port with this device.
    [[nodiscard]] bool has_pushed_meter(const std::string& device) const;

    [[nodiscard]] ById& all() noexcept { return meters_; }

  private:
    [[nodiscard]] store::MeterFiles::Loaded load(const std::string& meter_id,
                                                 const config::PortConfig* port, base::Instant now);
    void forget(const std::string& meter_id);

    const config::Config& config_;
    const publish::Topics& topics_;
    store::MeterFiles& files_;
    Withdrawal& withdrawal_;
    std::function<void(const std::string& meter_id)> on_forgotten_;
    port::MeterLimits limits_;
    ById meters_;
};

} // namespace hanport::daemon
