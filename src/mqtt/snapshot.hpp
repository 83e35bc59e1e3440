// What is known of one meter: the latest value of every quantity. State topic and discovery are
// made from it.
#pragma once

#include "han/base/decimal.hpp"
#include "han/cosem/obis.hpp"

#include <chrono>
#include <map>
#include <string>
#include <string_view>

namespace hanport {

struct LatestValue {
    han::Decimal value; ///< in `unit`
    han::cosem::Unit unit =
        han::cosem::Unit::none; ///< W, var, VA, A, V, Hz, Wh, varh, VAh, none (power factor)
    std::chrono::system_clock::time_point received;
    bool known = true; ///< false: there is such a value, but for the moment nobody knows it
};

struct Snapshot {
    std::string meter_id{};
    std::string manufacturer{}; ///< empty if unknown, and so the others
    std::string meter_type{};
    std::string list_id{};
    std::map<std::string, LatestValue> values{}; ///< by name: "active_power_import"
    bool has_tariff = false;                     ///< the capacity charge is computed for it
};

/// What names of the live counters end in: "active_energy_import_live".
inline constexpr std::string_view live_suffix = "_live";

/// True for units of energy registers: Wh, varh, VAh. All others are of live values.
[[nodiscard]] bool is_register(han::cosem::Unit unit) noexcept;

/// False for a value that the meter sends though it measures no such thing: voltage L2 of a
/// three-wire Kaifa, which is 0 where L1 and L3 are not. It is neither announced nor published.
[[nodiscard]] bool is_measured(const Snapshot& snapshot, const std::string& name);

} // namespace hanport
