// Logs and publishes problems of ports; see port_problems.hpp.
#include "daemon/port_problems.hpp"

#include "mqtt/home_messages.hpp"
#include "mqtt/port_discovery.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace hanport {

PortProblems::PortProblems(const Config& config, const Topics& topics,
                           std::function<void(const Message& message)> publish)
    : config_(config), topics_(topics), publish_(std::move(publish)), causes_(config.ports.size()) {
}

void PortProblems::set(std::size_t index, Cause cause, bool heard, bool has_meter) {
    std::optional<Cause>& published = causes_.at(index);
    if (published == cause || (cause == Cause::ok && !heard))
        return;
    const CauseRow& found = row(cause);
    const std::string& device = config_.ports[index].device;
    if (!has_meter && cause != Cause::ok)
        spdlog::warn("{}: {} ({}). {}", device, found.text, found.key, found.advice);
    else if (!has_meter && published)
        spdlog::info("{}: {}", device, found.text);
    published = cause;
    if (cause != Cause::ok && !std::exchange(announced_, true))
        announce();
    publish(index);
}

void PortProblems::publish(std::size_t index) {
    publish_(port_problem_message(topics_, config_.ports[index].number, *causes_[index]));
}

void PortProblems::announce() {
    std::vector<unsigned> numbers;
    for (const PortConfig& port : config_.ports)
        if (port.protocol == Protocol::han)
            numbers.push_back(port.number);
    for (const Message& message : port_discovery(topics_, numbers, withdrawn_,
                                                 config_.home_assistant.discovery, HANPORT_VERSION))
        publish_(message);
}

void PortProblems::on_connected() {
    for (const unsigned number : withdrawn_)
        publish_({.topic = topics_.port_problem(number),
                  .qos = Qos::at_least_once,
                  .retain = Retain::yes});
    if (announced_ || !withdrawn_.empty())
        announce();
    withdrawn_.clear();
    for (std::size_t i = 0; i < causes_.size(); ++i)
        if (causes_[i])
            publish(i);
}

} // namespace hanport
