// What is wrong with each port, on a topic of its own: known from the first minute of a new
// installation on, when no meter is known yet that could have a problem.
#pragma once

#include "daemon/config.hpp"
#include "mqtt/message.hpp"
#include "mqtt/topics.hpp"

#include <functional>
#include <optional>
#include <vector>

#include "home/cause.hpp"

namespace hanport {

class PortProblems {
  public:
    /// `publish` is called from set() and on_connected(). What is passed by reference has to outlive
    /// this object.
    PortProblems(const Config& config, const Topics& topics,
                 std::function<void(const Message& message)> publish);

    /// The state of the port config.ports[index]. Where it has changed it is published, and logged
    /// unless a meter of this port is known, whose own problem is logged. That all is well is
    /// published once lists have come (`heard`): until then it is not known.
    void set(std::size_t index, Cause cause, bool heard, bool has_meter);

    /// The ports that had these numbers are no longer configured: what was published of them is taken
    /// back at the next connection.
    void withdraw(std::vector<unsigned> numbers) { withdrawn_ = std::move(numbers); }

    /// A new connection: everything published is published again.
    void on_connected();

  private:
    void publish(std::size_t index);
    void announce();

    const Config& config_;
    const Topics& topics_;
    std::function<void(const Message& message)> publish_;
    std::vector<std::optional<Cause>> causes_; // as published, by port
    std::vector<unsigned> withdrawn_{};        // numbers, for the next connection
    bool announced_ = false;                   // to Home Assistant: there has been a problem
};

} // namespace hanport
