// Meters by id; see meters.hpp.
#include "daemon/meters.hpp"

#include "meter/meter_id.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace hanport::daemon {

using han::list::ListKind;

void Meters::restore(const store::HourlyRecord& record, const store::PortStateFile& memory,
                     base::Instant now) {
    const std::string& id = record.meter.meter_id;
    if (const unsigned number = meter::port_in_id(id, record.meter.manufacturer);
        number != 0 && std::ranges::find(config_.ports, number, &config::PortConfig::number) ==
                           config_.ports.end()) {
        withdrawal_.add(id); // no port has this number any longer
        return;
    }
    const auto port = std::ranges::find_if(config_.ports, [&](const config::PortConfig& each) {
        return memory.get(each.device).meter_id == id ||
               meter::id_by_port(record.meter.manufacturer, each.number) == id;
    });
    const bool is_known = port != config_.ports.end();
    Meter& meter = meters_.try_emplace(id, meter::MeterPipeline(id)).first->second;
    meter.device = is_known ? port->device : std::string();
    meter.pipeline.restore(record.meter);
    limits_.remember(id, meter.device, now.steady);
    if (record.topic == topics_.list(id, ListKind::readout))
        return; // it is polled; only pushed meters have analytics
    auto loaded = load(id, is_known ? &*port : nullptr, now);
    loaded.analytics.restore(record.received, record.clock);
    meter.pipeline.set_analytics(std::move(loaded.analytics), loaded.saved);
}

store::MeterFiles::Loaded Meters::load(const std::string& meter_id, const config::PortConfig* port,
                                       base::Instant now) {
    meter::AnalyticsOptions options;
    if (const config::TariffConfig* const tariff = config::tariff_of(config_, meter_id))
        options.tariff = tariff->options;
    return files_.load(meter_id, options, port != nullptr ? port->max_power : std::nullopt,
                       now.wall);
}

bool Meters::accepts(const config::PortConfig& port, const han::list::List& list,
                     base::SteadyTime now) {
    const auto verdict = limits_.take(meter::meter_id_of(list, port.number), port, now);
    forget(verdict.displaced);
    return verdict.accepted;
}

meter::MeterPipeline& Meters::pipeline_for(const config::PortConfig& port,
                                           const han::list::List& list, base::Instant now) {
    const std::string id = meter::meter_id_of(list, port.number);
    const auto [found, is_new] = meters_.try_emplace(id, meter::MeterPipeline(id));
    auto& [pipeline, device] = found->second;
    if (is_new) {
        spdlog::info("meter {} ({} {}) found on {}", id, list.manufacturer, list.meter_type,
                     port.device);
        withdrawal_.cancel(id);
        if (!list.meter_id.empty()) // the device without a number is this meter
            forget(meter::id_by_port(list.manufacturer, port.number));
    }
    device = port.device;
    if (list.kind == ListKind::readout) {
        pipeline.set_polled(
            {.interval = port.pull.interval, .publish_interval = port.pull.publish_interval});
        return pipeline;
    }
    if (!pipeline.has_analytics()) {
        auto loaded = load(id, &port, now);
        pipeline.set_analytics(std::move(loaded.analytics), loaded.saved);
    }
    // For each list: a restored meter may be heard on a port that was not known before.
    pipeline.set_max_power(port.max_power);
    return pipeline;
}

bool Meters::has_pushed_meter(const std::string& device) const {
    return std::ranges::any_of(meters_, [&](const auto& entry) {
        return entry.second.device == device && entry.second.pipeline.has_analytics();
    });
}

void Meters::forget(const std::string& meter_id) {
    if (meters_.erase(meter_id) == 0)
        return;
    spdlog::info("meter {} is forgotten, and what was published of it is taken back", meter_id);
    on_forgotten_(meter_id);
    limits_.forget(meter_id);
    withdrawal_.add(meter_id);
}

} // namespace hanport::daemon
