// The configuration: /etc/hanport/hanport.toml. Every key has a default that suits a Raspberry Pi.
#pragma once

#include "mqtt/discovery_style.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "home/tariff.hpp"

namespace hanport {

inline constexpr const char* default_config_file = "/etc/hanport/hanport.toml";

enum class Parity : std::uint8_t { automatic, none, even };

/// As in the file: "auto", "none", "even"; "device", "single", "off".
[[nodiscard]] std::string_view text(Parity parity) noexcept;
[[nodiscard]] std::string_view text(DiscoveryStyle style) noexcept;

struct PortConfig {
    std::string device = "auto"; ///< a path, a /dev/serial/by-id link, "auto", or tcp://host:port
    unsigned baud = 2400;
    Parity parity = Parity::automatic;
    std::filesystem::path encryption_key_file{};     ///< 32 hex digits; empty: not ciphered
    std::filesystem::path authentication_key_file{}; ///< likewise
    std::optional<std::int64_t> max_power{}; ///< W, of the connection; none: learned (guards.hpp)
};

struct MqttConfig {
    std::string url = "mqtt://localhost:1883";
    std::string client_id; ///< default hanport-<hostname>
    std::string username;
    std::filesystem::path
        password_file; ///< default: the systemd credential mqtt_password, if there is one
    std::string prefix = "hanport";
    bool mqtt5 = true; ///< protocol = "5" or "3.1.1"
    std::filesystem::path ca_file;
    std::filesystem::path certificate_file;
    std::filesystem::path key_file;
    bool insecure = false;
};

struct HomeAssistantConfig {
    DiscoveryStyle discovery = DiscoveryStyle::device;
    std::string prefix = "homeassistant";
    bool reactive_energy_class = true; ///< false for Home Assistant before 2025.6
};

struct TariffConfig {
    std::string meter{}; ///< empty: all meters that have no section of their own
    TariffOptions options{};
};

struct ServiceConfig {
    std::filesystem::path state_directory = "/var/lib/hanport";
    std::string log_level = "info"; ///< trace, debug, info, warning, error
};

struct Config {
    std::vector<PortConfig> ports; ///< one with device "auto" if the file names none
    MqttConfig mqtt;
    HomeAssistantConfig home_assistant;
    std::vector<TariffConfig> tariffs; ///< one at most for each meter, and one for all others
    ServiceConfig service;
};

/// The tariff of a meter; null where it has none.
[[nodiscard]] const TariffConfig* tariff_of(const Config& config, std::string_view meter_id);

/// What is wrong, where, and what is allowed: "hanport.toml:12: mqtt.url: …". All mistakes of the
/// file, a line each.
class ConfigError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Reads and checks the file; relative paths in it become relative to its folder. Files that it
/// names are looked into. Throws ConfigError, also where it cannot be read.
[[nodiscard]] Config load_config(const std::filesystem::path& file);

} // namespace hanport
