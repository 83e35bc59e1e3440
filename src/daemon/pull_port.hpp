// A port whose meter has to be asked: opened, the conversation held, closed, until the next time. So
// the optical head has its light off in between, and an adapter that was pulled out meanwhile is no
// trouble.
#pragma once

#include "daemon/port_life.hpp"

namespace hanport {

/// The port's life, by the protocol of its configuration, which is none that pushes. What is not
/// copied has to outlive it. The listener gets lists of kind readout.
[[nodiscard]] std::unique_ptr<PortLife>
make_pull_port(Port& port, boost::asio::any_io_executor executor, PortConfig config,
               PortMemory memory, PortListener& listener, const PortOptions& options);

} // namespace hanport
