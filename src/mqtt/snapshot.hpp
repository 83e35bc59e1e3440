// What is known of one meter: the latest value of every quantity. State topic and discovery are
// made from it.
#pragma once

#include "han/base/decimal.hpp"
#include "han/cosem/obis.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace hanport {

struct LatestValue {
    han::Decimal value;                             ///< in `unit`
    han::cosem::Unit unit = han::cosem::Unit::none; ///< as meters send it; none for counts
    std::chrono::steady_clock::time_point received; ///< its age; of a register it does not matter
    bool known = true; ///< false: there is such a value, but for the moment nobody knows it
    std::optional<han::cosem::Kind> kind{}; ///< where its name is none of the table of quantities
};

/// Live values older than this are stale: they are published as null, not as if they were still
/// true.
inline constexpr std::chrono::seconds live_value_lifetime{60};

struct Snapshot {
    std::string meter_id{};
    std::string manufacturer{}; ///< empty if unknown, and so the others
    std::string meter_type{};
    std::string list_id{};
    bool has_tariff = false; ///< the capacity charge is computed for it
    bool is_asked = false;   ///< it does not push: its lists are readouts
    std::chrono::seconds lifetime = live_value_lifetime; ///< of live values
    std::map<std::string, LatestValue> values{};         ///< by name: "active_power_import"
};

/// What names of the live counters end in: "active_energy_import_live".
inline constexpr std::string_view live_suffix = "_live";

/// True for units of what is counted up: energy, volume, mass, hours. All others are of live
/// values.
[[nodiscard]] bool is_register(han::cosem::Unit unit) noexcept;

/// What values in a unit are published in: energy in k… or GJ, others as they are.
struct PublishedUnit {
    std::string_view text;
    int exponent = 0; ///< of ten: 1 kWh is 10^3 Wh
};
[[nodiscard]] PublishedUnit published_unit(han::cosem::Unit unit) noexcept;

/// False for a value that the meter sends though it measures no such thing: voltage L2 of a
/// three-wire Kaifa, which is 0 where L1 and L3 are not. It is neither announced nor published.
[[nodiscard]] bool is_measured(const Snapshot& snapshot, const std::string& name);

} // namespace hanport
