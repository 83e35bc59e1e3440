// Creates the session for a port's configuration.
#pragma once

#include "polled/session.hpp"
#include "port/port.hpp"

namespace hanport::port {

/// Chosen by protocol and configuration. The remembered meter saves a request. `on_refusal` is
/// called for damaged answers.
[[nodiscard]] std::unique_ptr<polled::Session>
make_pull_session(const config::PortConfig& config, const PortState& memory,
                  const std::function<void(const FrameOutcome&)>& on_refusal);

/// Line format for opening; the session may change it.
[[nodiscard]] polled::LineFormat first_pull_format(const config::PortConfig& config);

} // namespace hanport::port
