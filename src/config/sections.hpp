// The sections of the configuration file; each has a file of its own. All take the whole file, fill
// in their part of the configuration and record what is wrong.
#pragma once

#include "config/config.hpp"
#include "config/value.hpp"

namespace hanport::config {

/// Limit of the keys max_meters.
inline constexpr unsigned most_meters = 1000;

void read_ports(const toml::table& root, std::vector<PortConfig>& ports, Mistakes& mistakes);

/// Also sets the defaults that depend on this computer: client id and password file.
void read_mqtt(const toml::table& root, MqttConfig& mqtt, Mistakes& mistakes);

void read_home_assistant(const toml::table& root, HomeAssistantConfig& home_assistant,
                         Mistakes& mistakes);

void read_tariffs(const toml::table& root, std::vector<TariffConfig>& tariffs, Mistakes& mistakes);

/// `ports`: number of ports in the file; max_meters is not less.
void read_service(const toml::table& root, unsigned ports, ServiceConfig& service,
                  Mistakes& mistakes);

} // namespace hanport::config
