// The conversation that a port's configuration asks for.
#pragma once

#include "daemon/port.hpp"

#include "readout/session.hpp"

namespace hanport {

/// By protocol and request; what is remembered of the meter spares it a question. `on_refusal` is
/// told of what arrives damaged.
[[nodiscard]] std::unique_ptr<readout::Session>
make_pull_session(const PortConfig& config, const PortMemory& memory,
                  const readout::OnRefusal& on_refusal);

/// How the line is set up when it is opened; the session may change it.
[[nodiscard]] readout::LineFormat first_pull_format(const PortConfig& config);

} // namespace hanport
