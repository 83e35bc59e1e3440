// Diagnoses the ports, and publishes the problem of each port on a topic of its own: also on a new
// installation, which knows no meter yet.
#pragma once

#include "config/config.hpp"
#include "meter/port_diagnosis.hpp"
#include "mqtt/message.hpp"
#include "port/port.hpp"
#include "publish/topics.hpp"

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace hanport::daemon {

class PortProblems {
  public:
    /// `publish` is called from set() and on_connected(). Arguments passed by reference must
    /// outlive this object.
    PortProblems(const config::Config& config, const publish::Topics& topics,
                 std::function<void(const mqtt::Message& message)> publish);

    /// Diagnoses the ports, which are those of the configuration; call this every few seconds.
    /// `has_meter`: whether a pushed meter is known on a device. A polled meter is reported by the
    /// state of its port.
    void observe(base::SteadyTime now, std::span<const std::unique_ptr<port::Port>> ports,
                 const std::function<bool(const std::string& device)>& has_meter);
    /// The last diagnosis of the port; ok before the first. Empty if there is no such port.
    [[nodiscard]] std::optional<meter::Problem> diagnosed(const std::string& device) const;

    /// Sets the state of the port config.ports[index]. A change is published. It is logged unless a
    /// meter of this port is known, because the meter's own problem is logged then. "No problem" is
    /// published only after lists have arrived (`heard`).
    void set(std::size_t index, meter::Problem cause, bool heard, bool has_meter);

    /// The ports with these numbers are no longer configured: their retained messages are removed
    /// at the next connection.
    void withdraw(std::vector<unsigned> numbers) { withdrawn_ = std::move(numbers); }

    /// A new connection: publishes everything again.
    void on_connected();

  private:
    struct Diagnosed {
        meter::PortDiagnosis diagnosis{};
        meter::Problem cause = meter::Problem::ok;
    };

    void publish(std::size_t index);
    void announce();

    const config::Config& config_;
    const publish::Topics& topics_;
    std::function<void(const mqtt::Message& message)> publish_;
    std::vector<Diagnosed> diagnosed_;                  // by port
    std::vector<std::optional<meter::Problem>> causes_; // as published, by port
    std::vector<unsigned> withdrawn_{};                 // numbers to remove at the next connection
    bool announced_ = false; // in Home Assistant discovery: there has been a problem
};

} // namespace hanport::daemon
