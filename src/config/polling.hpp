// The keys of a [[port]] with a polled meter (protocol "kmp", "iec62056-21").
#pragma once

#include "config/config.hpp"
#include "config/value.hpp"

namespace hanport::config {

inline constexpr auto port_protocols = std::to_array<std::pair<std::string_view, Protocol>>(
    {{"han", Protocol::han}, {"kmp", Protocol::kmp}, {"iec62056-21", Protocol::iec62056}});
inline constexpr auto requests =
    std::to_array<std::pair<std::string_view, bool>>({{"/?!", false}, {"/#1", true}});

extern const TextRule meter_address_rule;

/// Whole seconds, up to a month.
void read_interval(const ConfigValue& value, std::chrono::seconds& out);

/// A list of codes or names, or of tables { code, name, type } for values with a name and a type of
/// their own.
void read_values(const ConfigValue& value, std::vector<polled::Choice>& out);

/// A table of scales: { heat_energy = "0.01 GJ", … }.
void read_scaling(const ConfigValue& value, iec62056::Scaling& out);

/// Checks that the keys fit together, and sets the defaults that depend on the protocol.
void check_pull(const toml::table& table, PortConfig& port, Mistakes& mistakes);

} // namespace hanport::config
