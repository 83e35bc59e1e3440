// What a port remembers from run to run; the store keeps it.
#pragma once

#include "config/config.hpp"

#include <string>

namespace hanport::port {

/// Knowledge of a port from earlier runs; the listener keeps it on disk.
struct PortState {
    config::Parity parity =
        config::Parity::automatic; ///< none or even once one of them gave an intact frame
    std::string meter_id{};        ///< of the last longer list; a power list names no meter
    std::string meter_type{};
    std::string manufacturer{};

    friend bool operator==(const PortState&, const PortState&) = default;
};

} // namespace hanport::port
