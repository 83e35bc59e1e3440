// Meters for the tests of messages.
#pragma once

#include "meter/snapshot.hpp"

#include <cstdint>

namespace snapshots {

/// 2026-11-20T15:59:30.412Z, when all values below were received.
inline const std::chrono::system_clock::time_point received =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + std::chrono::hours{15} +
    std::chrono::minutes{59} + std::chrono::milliseconds{30412};

/// The same by the steady clock.
inline const std::chrono::steady_clock::time_point heard{std::chrono::hours{1}};

inline hanport::meter::LatestValue value(std::uint64_t magnitude, std::int16_t exponent,
                                         han::cosem::Unit unit, bool negative = false) {
    return {{.magnitude = magnitude, .negative = negative, .exponent = exponent}, unit, heard};
}

/// Three phases, four wires, four quadrants; 0.01 A, 1 V, 10 Wh.
inline hanport::meter::Snapshot kamstrup() {
    using enum han::cosem::Unit;
    return {.meter_id = "5706567000000456",
            .manufacturer = "Kamstrup",
            .meter_type = "6841131BN200000002",
            .list_id = "Kamstrup_V0001",
            .values = {
                {"active_power_import", value(1468, 0, watt)},
                {"active_power_export", value(0, 0, watt)},
                {"reactive_power_import", value(0, 0, var)},
                {"reactive_power_export", value(318, 0, var)},
                {"current_l1", value(564, -2, ampere)},
                {"current_l2", value(107, -2, ampere)},
                {"current_l3", value(296, -2, ampere)},
                {"voltage_l1", value(231, 0, volt)},
                {"voltage_l2", value(230, 0, volt)},
                {"voltage_l3", value(233, 0, volt)},
                {"active_energy_import", value(10955225, 1, watt_hour)},
                {"active_energy_export", value(0, 1, watt_hour)},
                {"reactive_energy_import", value(12, 1, var_hour)},
                {"reactive_energy_export", value(204511, 1, var_hour)},
            }};
}

/// Three wires: no voltage L2, sent as 0.
inline hanport::meter::Snapshot kaifa() {
    using enum han::cosem::Unit;
    return {.meter_id = "6970631400000123",
            .manufacturer = "Kaifa",
            .meter_type = "MA304H3E",
            .list_id = "KFM_001",
            .values = {
                {"active_power_import", value(1073, 0, watt)},
                {"current_l1", value(3416, -3, ampere)},
                {"voltage_l1", value(2319, -1, volt)},
                {"voltage_l2", value(0, -1, volt)},
                {"voltage_l3", value(2331, -1, volt)},
                {"active_energy_import", value(109552250, 0, watt_hour)},
            }};
}

} // namespace snapshots
