// Creates the session for a port's configuration.
#pragma once

#include "daemon/port.hpp"
#include "polled/session.hpp"

namespace hanport {

/// Chosen by protocol and configuration. The remembered meter saves a request. `on_refusal` is
/// called for damaged answers.
[[nodiscard]] std::unique_ptr<polled::Session>
make_pull_session(const PortConfig& config, const PortMemory& memory,
                  const polled::OnRefusal& on_refusal);

/// Line format for opening; the session may change it.
[[nodiscard]] polled::LineFormat first_pull_format(const PortConfig& config);

} // namespace hanport
