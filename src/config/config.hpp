// The configuration: /etc/hanport/hanport.toml. Every key has a default that suits a Raspberry Pi.
#pragma once

#include "config/discovery_style.hpp"
#include "iec62056/short_readout.hpp"
#include "meter/capacity_charge.hpp"
#include "polled/readout.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace hanport::config {

inline constexpr const char* default_config_file = "/etc/hanport/hanport.toml";

enum class Parity : std::uint8_t { automatic, none, even };

/// As in the file: "auto", "none", "even"; "device", "single", "off".
[[nodiscard]] std::string_view text(Parity parity) noexcept;
[[nodiscard]] std::string_view text(DiscoveryStyle style) noexcept;

/// Protocol of a port: the push of a HAN port, or a protocol for polled meters.
enum class Protocol : std::uint8_t { han, kmp, iec62056 };

/// As in the file: "han", "kmp", "iec62056-21".
[[nodiscard]] std::string_view text(Protocol protocol) noexcept;

/// Settings for a polled meter.
struct PollingConfig {
    std::chrono::seconds interval{3600};         ///< between readings
    std::chrono::seconds publish_interval{3600}; ///< never less than `interval`
    std::vector<polled::Choice> values{};        ///< to read and publish; empty: what there is (IEC
                                                 ///< 62056-21), what is usual (KMP)
    std::string address{};                       ///< IEC 62056-21; empty: any meter
    std::string meter_id{};                      ///< if the meter does not report it ("/#1")
    bool wake_up = false;                        ///< IEC 62056-21: NULs before the sign-on
    bool short_readout = false;                  ///< "/#1" instead of a sign-on
    iec62056::Scaling scaling = iec62056::default_scaling(); ///< of "/#1"
};

struct PortConfig {
    std::string device = "auto"; ///< a path, a /dev/serial/by-id link, "auto", or tcp://host:port
    unsigned baud = 2400;
    Parity parity = Parity::automatic;
    std::filesystem::path encryption_key_file{};     ///< 32 hex digits; empty: not encrypted
    std::filesystem::path authentication_key_file{}; ///< likewise
    std::optional<std::int64_t>
        max_power{}; ///< W, of the connection; empty: learned (plausibility.hpp)
    Protocol protocol = Protocol::han;
    PollingConfig pull{};    ///< if the protocol is not han
    unsigned max_meters = 8; ///< that are accepted on this port
    unsigned number = 0;     ///< from 1, part of topics; not a key: PortStateFile::number() sets it
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
    std::string meter{}; ///< empty: all meters without a section of their own
    meter::TariffOptions options{};
};

struct ServiceConfig {
    std::filesystem::path state_directory = "/var/lib/hanport";
    std::string log_level = "info"; ///< trace, debug, info, warning, error
    unsigned max_meters = 32;       ///< accepted on all ports; each port has room for at least one
};

struct Config {
    std::vector<PortConfig> ports; ///< one with device "auto" if the file has none
    MqttConfig mqtt;
    HomeAssistantConfig home_assistant;
    std::vector<TariffConfig> tariffs; ///< at most one per meter, and one for all other meters
    ServiceConfig service;
};

/// The tariff of a meter; null if it has none.
[[nodiscard]] const TariffConfig* tariff_of(const Config& config, std::string_view meter_id);

/// All errors of the file, one per line, with place and allowed values: "hanport.toml:12: mqtt.url:
/// …".
class ConfigError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Reads and checks the file; relative paths in it are relative to its folder. Also checks the
/// files that it names. Throws ConfigError, also if the file cannot be read.
[[nodiscard]] Config load_config(const std::filesystem::path& file);

} // namespace hanport::config
