// A port with a polled meter: opened, read out, closed, until the next time. So the light of the
// optical head is off in between, and unplugging the adapter meanwhile does no harm.
#pragma once

#include "port/port_base.hpp"

namespace hanport::port {

/// The port's run loop for the configured protocol, which must be one for polled meters. References
/// must outlive it. The listener gets lists of kind readout.
[[nodiscard]] std::unique_ptr<PortBase>
make_pull_port(Port& port, boost::asio::any_io_executor executor, config::PortConfig config,
               PortState memory, PortListener& listener, const PortOptions& options);

} // namespace hanport::port
