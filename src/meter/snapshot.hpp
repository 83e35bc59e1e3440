// Known values of one meter: the latest value of every quantity. The state topic and discovery are
// made from it.
#pragma once

#include "han/base/decimal.hpp"
#include "han/cosem/obis.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace hanport::meter {

struct LatestValue {
    han::Decimal value;                             ///< in `unit`
    han::cosem::Unit unit = han::cosem::Unit::none; ///< as sent by meters; none for counts
    std::chrono::steady_clock::time_point received; ///< for the age; not used for registers
    bool known = true; ///< false: the value exists, but is not known at the moment
    std::optional<han::cosem::QuantityKind>
        kind{}; ///< if its name is not in the table of quantities
};

/// Live values older than this are stale and published as null.
inline constexpr std::chrono::seconds live_value_lifetime{60};

struct Snapshot {
    std::string meter_id{};
    std::string manufacturer{}; ///< empty if unknown; the same holds for the other texts
    std::string meter_type{};
    std::string list_id{};
    bool has_tariff = false; ///< the capacity charge is computed for this meter
    bool is_polled = false;  ///< the meter is polled: its lists are readouts
    std::chrono::seconds lifetime = live_value_lifetime; ///< of live values
    std::map<std::string, LatestValue> values{};         ///< by name: "active_power_import"
};

/// Suffix of the live counters: "active_energy_import_live".
inline constexpr std::string_view live_suffix = "_live";

/// True for units of counted quantities: energy, volume, mass, hours. All other units are of live
/// values.
[[nodiscard]] bool is_register(han::cosem::Unit unit) noexcept;

/// Unit in which values are published: energy in k… or GJ, others unchanged.
struct PublishedUnit {
    std::string_view text;
    int exponent = 0; ///< power of ten: 1 kWh is 10^3 Wh
};
[[nodiscard]] PublishedUnit published_unit(han::cosem::Unit unit) noexcept;

/// False for a value that the meter sends but does not measure: voltage L2 of a three-wire Kaifa,
/// which is 0 while L1 and L3 are not. It is neither published nor in discovery.
[[nodiscard]] bool is_measured(const Snapshot& snapshot, const std::string& name);

} // namespace hanport::meter
