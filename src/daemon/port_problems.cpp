// Logs and publishes problems of ports; see port_problems.hpp.
#include "daemon/port_problems.hpp"

#include "homeassistant/port_discovery.hpp"
#include "port/port_counters.hpp"
#include "publish/meter_messages.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace hanport::daemon {

PortProblems::PortProblems(const config::Config& config, const publish::Topics& topics,
                           std::function<void(const mqtt::Message& message)> publish)
    : config_(config), topics_(topics), publish_(std::move(publish)),
      diagnosed_(config.ports.size()), causes_(config.ports.size()) {}

void PortProblems::observe(base::SteadyTime now, std::span<const std::unique_ptr<port::Port>> ports,
                           const std::function<bool(const std::string& device)>& has_meter) {
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const config::PortConfig& port = ports[i]->config();
        if (port.protocol != config::Protocol::han)
            continue;
        const meter::PortCounters facts = port::port_counters(ports[i]->stats());
        auto& [diagnosis, cause] = diagnosed_.at(i);
        cause = diagnosis.observe(now, facts);
        set(i, cause, facts.lists() > 0, has_meter(port.device));
    }
}

std::optional<meter::Problem> PortProblems::diagnosed(const std::string& device) const {
    const auto port = std::ranges::find(config_.ports, device, &config::PortConfig::device);
    if (port == config_.ports.end())
        return std::nullopt;
    return diagnosed_[static_cast<std::size_t>(port - config_.ports.begin())].cause;
}

void PortProblems::set(std::size_t index, meter::Problem cause, bool heard, bool has_meter) {
    std::optional<meter::Problem>& published = causes_.at(index);
    if (published == cause || (cause == meter::Problem::ok && !heard))
        return;
    const meter::ProblemRow& found = row(cause);
    const std::string& device = config_.ports[index].device;
    if (!has_meter && cause != meter::Problem::ok)
        spdlog::warn("{}: {} ({}). {}", device, found.text, found.key, found.advice);
    else if (!has_meter && published)
        spdlog::info("{}: {}", device, found.text);
    published = cause;
    if (cause != meter::Problem::ok && !std::exchange(announced_, true))
        announce();
    publish(index);
}

void PortProblems::publish(std::size_t index) {
    publish_(publish::port_problem_message(topics_, config_.ports[index].number, *causes_[index]));
}

void PortProblems::announce() {
    std::vector<unsigned> numbers;
    for (const config::PortConfig& port : config_.ports)
        if (port.protocol == config::Protocol::han)
            numbers.push_back(port.number);
    for (const mqtt::Message& message : homeassistant::port_discovery(
             topics_, numbers, withdrawn_, config_.home_assistant.discovery, HANPORT_VERSION))
        publish_(message);
}

void PortProblems::on_connected() {
    for (const unsigned number : withdrawn_)
        publish_({.topic = topics_.port_problem(number),
                  .qos = mqtt::Qos::at_least_once,
                  .retain = mqtt::Retain::yes});
    if (announced_ || !withdrawn_.empty())
        announce();
    withdrawn_.clear();
    for (std::size_t i = 0; i < causes_.size(); ++i)
        if (causes_[i])
            publish(i);
}

} // namespace hanport::daemon
