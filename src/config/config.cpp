// The sections of the configuration file: one table of keys each, and checks across keys.
#include "config/config.hpp"

#include "base/read_file.hpp"
#include "config/nearest.hpp"
#include "config/polling.hpp"
#include "config/value.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace hanport::config {
namespace {

// ---- the keys -----------------------------------------------------------------------------------

template <class Section>
struct Row {
    std::string_view key;
    void (*read)(const ConfigValue& value, Section& section);
};

using Value = const ConfigValue&;
template <class T>
using Choice = std::pair<std::string_view, T>;

constexpr auto parities = std::to_array<Choice<Parity>>(
    {{"auto", Parity::automatic}, {"none", Parity::none}, {"even", Parity::even}});
constexpr auto protocols = std::to_array<Choice<bool>>({{"5", true}, {"3.1.1", false}});
constexpr auto styles = std::to_array<Choice<DiscoveryStyle>>({{"device", DiscoveryStyle::device},
                                                               {"single", DiscoveryStyle::single},
                                                               {"off", DiscoveryStyle::off}});
constexpr auto levels = std::to_array<Choice<const char*>>({{"trace", "trace"},
                                                            {"debug", "debug"},
                                                            {"info", "info"},
                                                            {"warning", "warning"},
                                                            {"error", "error"}});

void read_url(Value value, MqttConfig& mqtt) {
    const std::string* const text = value.text(url_rule.description);
    if (text == nullptr)
        return;
    if (text->find('@') == std::string::npos)
        value.read_text(mqtt.url, url_rule);
    else // A possible password is not repeated.
        value.wrong("has a user in it, who belongs to mqtt.username and mqtt.password_file",
                    url_rule.description);
}

void read_log_level(Value value, ServiceConfig& service) {
    const char* level = nullptr;
    value.read_choice<const char*>(level, levels);
    if (level != nullptr)
        service.log_level = level;
}

constexpr unsigned most_meters = 1000;

constexpr auto port_rows = std::to_array<Row<PortConfig>>({
    {"device", [](Value v, PortConfig& s) { v.read_text(s.device, device_rule); }},
    {"baud", [](Value v, PortConfig& s) { v.read_number(s.baud, baud_rates); }},
    {"parity", [](Value v, PortConfig& s) { v.read_choice<Parity>(s.parity, parities); }},
    {"encryption_key_file",
     [](Value v, PortConfig& s) { v.read_key_file_name(s.encryption_key_file); }},
    {"authentication_key_file",
     [](Value v, PortConfig& s) { v.read_key_file_name(s.authentication_key_file); }},
    {"max_power_kw", [](Value v, PortConfig& s) { v.read_kilowatts(s.max_power); }},
    {"max_meters", [](Value v, PortConfig& s) { v.read_number(s.max_meters, 1, most_meters); }},
    {"protocol",
     [](Value v, PortConfig& s) { v.read_choice<Protocol>(s.protocol, port_protocols); }},
    {"interval", [](Value v, PortConfig& s) { read_interval(v, s.pull.interval); }},
    {"publish_interval", [](Value v, PortConfig& s) { read_interval(v, s.pull.publish_interval); }},
    {"values", [](Value v, PortConfig& s) { read_values(v, s.pull.values); }},
    {"address", [](Value v, PortConfig& s) { v.read_text(s.pull.address, meter_address_rule); }},
    {"meter_id", [](Value v, PortConfig& s) { v.read_text(s.pull.meter_id, client_id_rule); }},
    {"wake_up", [](Value v, PortConfig& s) { v.read_flag(s.pull.wake_up); }},
    {"request",
     [](Value v, PortConfig& s) { v.read_choice<bool>(s.pull.short_readout, requests); }},
    {"scaling", [](Value v, PortConfig& s) { read_scaling(v, s.pull.scaling); }},
});

constexpr auto mqtt_rows = std::to_array<Row<MqttConfig>>({
    {"url", read_url},
    {"client_id", [](Value v, MqttConfig& s) { v.read_text(s.client_id, client_id_rule); }},
    {"username", [](Value v, MqttConfig& s) { v.read_text(s.username, username_rule); }},
    {"password_file", [](Value v, MqttConfig& s) { v.read_file_name(s.password_file); }},
    {"prefix", [](Value v, MqttConfig& s) { v.read_text(s.prefix, prefix_rule); }},
    {"protocol", [](Value v, MqttConfig& s) { v.read_choice<bool>(s.mqtt5, protocols); }},
    {"ca_file", [](Value v, MqttConfig& s) { v.read_file_name(s.ca_file); }},
    {"certificate_file", [](Value v, MqttConfig& s) { v.read_file_name(s.certificate_file); }},
    {"key_file", [](Value v, MqttConfig& s) { v.read_file_name(s.key_file); }},
    {"insecure", [](Value v, MqttConfig& s) { v.read_flag(s.insecure); }},
});

constexpr auto home_assistant_rows = std::to_array<Row<HomeAssistantConfig>>({
    {"discovery",
     [](Value v, HomeAssistantConfig& s) { v.read_choice<DiscoveryStyle>(s.discovery, styles); }},
    {"prefix", [](Value v, HomeAssistantConfig& s) { v.read_text(s.prefix, prefix_rule); }},
    {"reactive_energy_class",
     [](Value v, HomeAssistantConfig& s) { v.read_flag(s.reactive_energy_class); }},
});

constexpr auto methods = std::to_array<Choice<meter::TariffMethod>>(
    {{"three_days", meter::TariffMethod::three_days},
     {"highest_hour", meter::TariffMethod::highest_hour}});
constexpr auto edges = std::to_array<Choice<bool>>({{"inclusive", true}, {"exclusive", false}});

void read_time_zone(Value value, TariffConfig& tariff) {
    std::vector<Choice<meter::TimeZone>> zones;
    for (const std::string_view name : meter::TimeZone::names())
        zones.emplace_back(name, *meter::TimeZone::named(name));
    value.read_choice<meter::TimeZone>(tariff.options.zone, zones);
}

constexpr auto tariff_rows = std::to_array<Row<TariffConfig>>({
    {"meter", [](Value v, TariffConfig& s) { v.read_text(s.meter, meter_id_rule); }},
    {"limits_kw", [](Value v, TariffConfig& s) { v.read_kilowatts(s.options.limits); }},
    {"upper_limit",
     [](Value v, TariffConfig& s) { v.read_choice<bool>(s.options.inclusive, edges); }},
    {"method",
     [](Value v, TariffConfig& s) {
         v.read_choice<meter::TariffMethod>(s.options.method, methods);
     }},
    {"time_zone", read_time_zone},
});

constexpr auto service_rows = std::to_array<Row<ServiceConfig>>({
    {"state_directory", [](Value v, ServiceConfig& s) { v.read_path(s.state_directory); }},
    {"log_level", read_log_level},
    {"max_meters", [](Value v, ServiceConfig& s) { v.read_number(s.max_meters, 1, most_meters); }},
});

constexpr auto section_names =
    std::to_array<std::string_view>({"port", "mqtt", "home_assistant", "tariff", "service"});

// ---- reading ------------------------------------------------------------------------------------

class Reader {
  public:
    explicit Reader(const std::filesystem::path& file) : mistakes_(file) {}

    Config read(const toml::table& root);

  private:
    void read_ports(const toml::table& root, std::vector<PortConfig>& ports);
    void check_port(const toml::table& table, const PortConfig& port);
    void check_mqtt(const toml::table& table, const MqttConfig& mqtt);
    void check_meters(const toml::table* service, Config& config);
    void read_tariffs(const toml::table& root, std::vector<TariffConfig>& tariffs);

    // Reports a key that is not in `known`, whose full names begin with `place`.
    void unknown(const toml::key& key, std::string_view place, std::string_view what,
                 std::span<const std::string_view> known) {
        std::string text = "unknown ";
        text.append(what);
        if (const auto near = nearest(key.str(), known); !near.empty())
            text.append(", perhaps ").append(near);
        mistakes_.add(key.source().begin.line, std::string(place).append(key.str()), text,
                      enumerate(known));
    }

    template <class Section, std::size_t N>
    void read_keys(const toml::table& table, const std::string& section,
                   const std::array<Row<Section>, N>& rows, Section& out) {
        std::array<std::string_view, N> known;
        std::ranges::transform(rows, known.begin(), &Row<Section>::key);
        for (const auto& [key, node] : table) {
            const auto row = std::ranges::find(rows, key.str(), &Row<Section>::key);
            if (row == rows.end())
                unknown(key, section + ".", "key", known);
            else
                row->read(ConfigValue(node, section + "." + std::string(row->key), mistakes_), out);
        }
    }

    // The section's table; null if it is missing.
    template <class Section, std::size_t N>
    const toml::table* read_section(const toml::table& root, const std::string& name,
                                    const std::array<Row<Section>, N>& rows, Section& out) {
        const toml::node* const node = root.get(name);
        if (node == nullptr)
            return nullptr;
        const toml::table* const table = node->as_table();
        if (table == nullptr)
            mistakes_.add(line_of(root, name), name, std::string("is ").append(type_of(*node)),
                          "[" + name + "] once, with keys below");
        else
            read_keys(*table, name, rows, out);
        return table;
    }

    Mistakes mistakes_;
    std::vector<std::pair<std::string, std::string>> devices_; // resolved and as written
};

void Reader::check_port(const toml::table& table, const PortConfig& port) {
    if (table.contains("authentication_key_file") && !table.contains("encryption_key_file"))
        mistakes_.add(line_of(table, "authentication_key_file"), "port.authentication_key_file",
                      "stands without encryption_key_file", "both, or encryption_key_file alone");
    std::error_code ignored;
    const std::string resolved =
        port.device.starts_with('/')
            ? std::filesystem::weakly_canonical(port.device, ignored).string()
            : port.device;
    const unsigned line = line_of(table, "device");
    for (const auto& [other, written] : devices_) {
        if (other == resolved)
            mistakes_.add(line, "port.device",
                          in_quotes(port.device) + " is the device of another port",
                          "each device once");
        else if ((other == "auto" || resolved == "auto") && !is_tcp(other) && !is_tcp(resolved))
            mistakes_.add(line, "port.device",
                          in_quotes(port.device) + " beside " + in_quotes(written),
                          "\"auto\" where it is the only port that is not tcp://");
    }
    devices_.emplace_back(resolved, port.device);
}

void Reader::read_ports(const toml::table& root, std::vector<PortConfig>& ports) {
    constexpr std::string_view allowed = "[[port]], once for each port, with keys below";
    const toml::node* const node = root.get("port");
    if (node == nullptr)
        return;
    const toml::array* const list = node->as_array();
    if (list == nullptr) {
        mistakes_.add(line_of(root, "port"), "port", std::string("is ").append(type_of(*node)),
                      allowed);
        return;
    }
    for (const toml::node& element : *list) {
        const toml::table* const table = element.as_table();
        if (table == nullptr) {
            mistakes_.add(element.source().begin.line, "port",
                          std::string("has ").append(type_of(element)).append(" in it"), allowed);
            continue;
        }
        read_keys(*table, "port", port_rows, ports.emplace_back());
        check_pull(*table, ports.back(), mistakes_);
        check_port(*table, ports.back());
    }
}

void Reader::check_mqtt(const toml::table& table, const MqttConfig& mqtt) {
    const auto lacks = [&](std::string_view key, std::string_view other) {
        if (table.contains(key) && !table.contains(other))
            mistakes_.add(line_of(table, key), std::string("mqtt.").append(key),
                          std::string("stands without ").append(other), "both or neither");
    };
    lacks("password_file", "username");
    lacks("certificate_file", "key_file");
    lacks("key_file", "certificate_file");
    if (mqtt.url.starts_with("mqtts://"))
        return;
    for (const std::string_view key : {"ca_file", "certificate_file", "key_file"})
        if (table.contains(key))
            mistakes_.add(line_of(table, key), std::string("mqtt.").append(key),
                          "is for TLS, and mqtt.url is not", "with mqtts:// only");
}

// A port without room for a meter would have no use.
void Reader::check_meters(const toml::table* service, Config& config) {
    const auto ports = static_cast<unsigned>(config.ports.size());
    if (config.service.max_meters >= ports)
        return;
    if (service != nullptr && service->contains("max_meters"))
        mistakes_.add(line_of(*service, "max_meters"), "service.max_meters",
                      std::to_string(config.service.max_meters) +
                          " is less than the number of ports",
                      std::to_string(ports) + " to " + std::to_string(most_meters));
    config.service.max_meters = ports;
}

// [tariff] for all meters, or several [[tariff]], each with its meter.
void Reader::read_tariffs(const toml::table& root, std::vector<TariffConfig>& tariffs) {
    constexpr std::string_view allowed = "[tariff], or [[tariff]] once for each meter";
    const toml::node* const node = root.get("tariff");
    if (node == nullptr)
        return;
    const auto read_one = [&](const toml::node& one) {
        const toml::table* const table = one.as_table();
        if (table == nullptr) {
            mistakes_.add(one.source().begin.line, "tariff",
                          std::string("is ").append(type_of(one)), allowed);
            return;
        }
        TariffConfig tariff;
        read_keys(*table, "tariff", tariff_rows, tariff);
        if (std::ranges::find(tariffs, tariff.meter, &TariffConfig::meter) != tariffs.end())
            mistakes_.add(line_of(*table, "meter"), "tariff.meter",
                          tariff.meter.empty() ? "is missing in more than one section"
                                               : in_quotes(tariff.meter) + " has a section already",
                          "each meter once, and one section without meter");
        tariffs.push_back(std::move(tariff));
    };
    if (const toml::array* const list = node->as_array())
        for (const toml::node& element : *list)
            read_one(element);
    else
        read_one(*node);
}

std::string default_client_id() {
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0)
        return "hanport";
    std::string id = std::string("hanport-").append(name.data());
    constexpr std::size_t most = 100;
    id.resize(std::min(id.size(), most));
    for (char& c : id)
        if (!client_id_rule.allows({&c, 1}))
            c = '-';
    return id;
}

// The password that systemd passes to the service (LoadCredential=mqtt_password:…).
std::filesystem::path credential() {
    const char* const folder = std::getenv("CREDENTIALS_DIRECTORY");
    if (folder == nullptr)
        return {};
    std::filesystem::path path = std::filesystem::path(folder) / "mqtt_password";
    std::error_code ignored;
    return std::filesystem::exists(path, ignored) ? path : std::filesystem::path{};
}

Config Reader::read(const toml::table& root) {
    Config config;
    for (const auto& [key, node] : root)
        if (std::ranges::find(section_names, key.str()) == section_names.end())
            unknown(key, "", node.is_table() || node.is_array() ? "section" : "key", section_names);
    read_ports(root, config.ports);
    if (const auto* const table = read_section(root, "mqtt", mqtt_rows, config.mqtt))
        check_mqtt(*table, config.mqtt);
    read_section(root, "home_assistant", home_assistant_rows, config.home_assistant);
    read_tariffs(root, config.tariffs);
    check_meters(read_section(root, "service", service_rows, config.service), config);
    mistakes_.throw_if_any();

    if (config.ports.empty())
        config.ports.emplace_back();
    if (config.mqtt.client_id.empty())
        config.mqtt.client_id = default_client_id();
    if (config.mqtt.password_file.empty() && !config.mqtt.username.empty())
        config.mqtt.password_file = credential();
    return config;
}

} // namespace

Config load_config(const std::filesystem::path& file) {
    const auto content = base::read_file(file);
    if (!content)
        throw ConfigError(file.string() + ": cannot be read: " + content.error().message());
    try {
        return Reader(file).read(toml::parse(*content));
    } catch (const toml::parse_error& error) {
        Mistakes mistakes(file);
        mistakes.add(error.source().begin.line, "", error.description());
        mistakes.throw_if_any();
        throw;
    }
}

const TariffConfig* tariff_of(const Config& config, std::string_view meter_id) {
    const TariffConfig* found = nullptr;
    for (const TariffConfig& tariff : config.tariffs)
        if (tariff.meter == meter_id || (tariff.meter.empty() && found == nullptr))
            found = &tariff;
    return found;
}

std::string_view text(Parity parity) noexcept {
    return std::ranges::find(parities, parity, &Choice<Parity>::second)->first;
}

std::string_view text(DiscoveryStyle style) noexcept {
    return std::ranges::find(styles, style, &Choice<DiscoveryStyle>::second)->first;
}

} // namespace hanport::config
