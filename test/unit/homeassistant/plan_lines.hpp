// Discovery plans of one meter as lines of text, and what an earlier run left at the broker.
#pragma once

#include "homeassistant/discovery.hpp"
#include "homeassistant/discovery_plan.hpp"
#include "unit/meter/snapshots.hpp"

#include <algorithm>

namespace plan_lines {

inline constexpr auto device = hanport::config::DiscoveryStyle::device;
inline constexpr auto single = hanport::config::DiscoveryStyle::single;
inline constexpr auto off = hanport::config::DiscoveryStyle::off;
inline const std::string i1 = "current_l1";
inline const std::string u1 = "voltage_l1";

inline const hanport::publish::Topics topics{.client_id = "pi"};
inline const hanport::homeassistant::DiscoveryOptions options{.version = "0.1.0"};
inline const std::string device_topic = "homeassistant/device/hanport_7/config";

[[nodiscard]] inline std::string single_topic(const std::string& key) {
    return "homeassistant/sensor/hanport_7/" + key + "/config";
}

/// A meter of these quantities; the diagnostics come on top of them.
[[nodiscard]] inline hanport::meter::Snapshot meter_of(const std::vector<std::string>& quantities) {
    hanport::meter::Snapshot snapshot{.meter_id = "7"};
    for (const std::string& name : quantities)
        snapshot.values[name] = snapshots::value(1, 0, han::cosem::Unit::watt);
    return snapshot;
}

[[nodiscard]] inline bool is_diagnostic(const hanport::homeassistant::Json& config) {
    return config.contains("entity_category");
}

/// What an earlier run left at the broker.
[[nodiscard]] inline std::map<std::string, std::string>
left(hanport::config::DiscoveryStyle style, const std::vector<std::string>& quantities) {
    std::map<std::string, std::string> found;
    for (const hanport::mqtt::Message& message : hanport::homeassistant::discovery_plan(
             topics, meter_of(quantities), options, {.style = style}))
        found[message.topic] = message.payload;
    return found;
}

/// A message in one line: what it does to which topic, diagnostics left out of it.
///
///   "device power voltage"     a device's config with these components
///   "device power -voltage"    … of which voltage has nothing but its platform
///   "single power"             a single config
///   "migrate TOPIC", "empty TOPIC"
[[nodiscard]] inline std::string line_of(const hanport::mqtt::Message& message) {
    const std::string middle = "/hanport_7/";
    const auto begin = message.topic.find(middle) + middle.size();
    const std::string name = message.topic == device_topic
                                 ? "device"
                                 : message.topic.substr(begin, message.topic.rfind('/') - begin);
    if (message.payload.empty())
        return "empty " + name;
    const hanport::homeassistant::Json json = hanport::homeassistant::Json::parse(message.payload);
    if (json.contains("migrate_discovery"))
        return json == hanport::homeassistant::Json{{"migrate_discovery", true}} ? "migrate " + name
                                                                                 : "?";
    if (name != "device")
        return "single " + name;
    std::string line = name;
    for (const auto& [key, config] : json["components"].items())
        if (!is_diagnostic(config))
            line.append(config.size() == 1 ? " -" : " ").append(key);
    return line;
}

[[nodiscard]] inline std::vector<std::string>
lines_of(const std::vector<hanport::mqtt::Message>& messages) {
    static const auto diagnostics = [] {
        std::vector<std::string> keys;
        for (const hanport::homeassistant::Component& component :
             components(topics, meter_of({}), options))
            keys.push_back(component.key);
        return keys;
    }();
    std::vector<std::string> lines;
    for (const hanport::mqtt::Message& message : messages) {
        std::string line = line_of(message);
        if (std::ranges::none_of(diagnostics,
                                 [&](const auto& key) { return line.ends_with(' ' + key); }))
            lines.push_back(std::move(line));
    }
    return lines;
}

} // namespace plan_lines
