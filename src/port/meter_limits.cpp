// Places for meters; see meter_limits.hpp.
#include "port/meter_limits.hpp"

#include "meter/problem.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace hanport::port {
namespace {

// At 2400 baud about a minute of lists: a meter that keeps sending is heard twice among them.
constexpr std::size_t most_waiting = 64;

} // namespace

void MeterLimits::remember(const std::string& meter_id, const std::string& device, Time now) {
    places_.try_emplace(meter_id, Place{.device = device, .since = now});
}

MeterLimits::Verdict MeterLimits::take(const std::string& meter_id, const config::PortConfig& port,
                                       Time now) {
    if (const auto known = places_.find(meter_id); known != places_.end()) {
        Place& place = known->second;
        place.device = port.device;
        place.confirmed = std::exchange(place.heard, true);
        return {.accepted = true};
    }
    std::string displaced;
    if (!has_room(port)) {
        const auto place = came_before(meter_id) ? weakest(port, now) : places_.end();
        if (place == places_.end()) {
            log(meter_id, port.device);
            return {};
        }
        displaced = place->first;
        places_.erase(place);
        std::erase(waiting_, meter_id);
    }
    places_.emplace(meter_id, Place{.device = port.device, .since = now, .heard = true});
    return {.accepted = true, .displaced = std::move(displaced)};
}

std::size_t MeterLimits::meters_on(const std::string& device) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        places_, [&](const auto& place) { return place.second.device == device; }));
}

// If the port of a remembered meter is not known, the meter counts for every port.
bool MeterLimits::is_full(const config::PortConfig& port) const {
    return meters_on(port.device) + meters_on("") >= port.max_meters;
}

bool MeterLimits::has_room(const config::PortConfig& port) const {
    if (meters_on(port.device) == 0)
        return true;
    // One place is reserved for each port that has no meter yet.
    const auto kept = static_cast<std::size_t>(
        std::ranges::count_if(config_.ports, [&](const config::PortConfig& each) {
            return meters_on(each.device) == 0;
        }));
    return !is_full(port) && places_.size() + kept < config_.service.max_meters;
}

bool MeterLimits::came_before(const std::string& meter_id) {
    if (std::ranges::find(waiting_, meter_id) != waiting_.end())
        return true;
    waiting_.push_back(meter_id);
    if (waiting_.size() > most_waiting)
        waiting_.pop_front();
    return false;
}

void MeterLimits::log(const std::string& meter_id, const std::string& device) {
    if (!logged_.insert(device).second)
        return;
    const meter::ProblemRow& problem = row(meter::Problem::too_many_meters);
    spdlog::warn("{}: {} ({}), the first one of meter {}. {} From now on they are only counted",
                 device, problem.text, problem.key, meter_id, problem.advice);
}

// On the port, if its own limit is reached; otherwise on any.
MeterLimits::Places::iterator MeterLimits::weakest(const config::PortConfig& port, Time now) {
    const bool full = is_full(port);
    return std::ranges::find_if(places_, [&](const auto& entry) {
        const Place& place = entry.second;
        return !place.confirmed && now - place.since >= probation &&
               (!full || place.device == port.device || place.device.empty());
    });
}

} // namespace hanport::port
