// [[port]]: the lines to the meters. The keys of polled meters are in polling.hpp.
#include "config/polling.hpp"
#include "config/section.hpp"
#include "config/sections.hpp"

#include <algorithm>

namespace hanport::config {
namespace {

constexpr auto parities = std::to_array<Choice<Parity>>(
    {{"auto", Parity::automatic}, {"none", Parity::none}, {"even", Parity::even}});

constexpr auto rows = std::to_array<Row<PortConfig>>({
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

// Devices of the ports read so far: resolved and as written.
using Devices = std::vector<std::pair<std::string, std::string>>;

void check_port(const toml::table& table, const PortConfig& port, Devices& devices,
                Mistakes& mistakes) {
    if (table.contains("authentication_key_file") && !table.contains("encryption_key_file"))
        mistakes.add(line_of(table, "authentication_key_file"), "port.authentication_key_file",
                     "stands without encryption_key_file", "both, or encryption_key_file alone");
    std::error_code ignored;
    const std::string resolved =
        port.device.starts_with('/')
            ? std::filesystem::weakly_canonical(port.device, ignored).string()
            : port.device;
    const unsigned line = line_of(table, "device");
    for (const auto& [other, written] : devices) {
        if (other == resolved)
            mistakes.add(line, "port.device",
                         in_quotes(port.device) + " is the device of another port",
                         "each device once");
        else if ((other == "auto" || resolved == "auto") && !is_tcp(other) && !is_tcp(resolved))
            mistakes.add(line, "port.device",
                         in_quotes(port.device) + " beside " + in_quotes(written),
                         "\"auto\" where it is the only port that is not tcp://");
    }
    devices.emplace_back(resolved, port.device);
}

} // namespace

void read_ports(const toml::table& root, std::vector<PortConfig>& ports, Mistakes& mistakes) {
    constexpr std::string_view allowed = "[[port]], once for each port, with keys below";
    const toml::node* const node = root.get("port");
    if (node == nullptr)
        return;
    const toml::array* const list = node->as_array();
    if (list == nullptr) {
        mistakes.add(line_of(root, "port"), "port", std::string("is ").append(type_of(*node)),
                     allowed);
        return;
    }
    Devices devices;
    for (const toml::node& element : *list) {
        const toml::table* const table = element.as_table();
        if (table == nullptr) {
            mistakes.add(element.source().begin.line, "port",
                         std::string("has ").append(type_of(element)).append(" in it"), allowed);
            continue;
        }
        read_keys(*table, "port", rows, ports.emplace_back(), mistakes);
        check_pull(*table, ports.back(), mistakes);
        check_port(*table, ports.back(), devices, mistakes);
    }
}

std::string_view text(Parity parity) noexcept {
    return std::ranges::find(parities, parity, &Choice<Parity>::second)->first;
}

} // namespace hanport::config
