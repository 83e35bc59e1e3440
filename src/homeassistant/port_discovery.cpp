// See port_discovery.hpp. The entities are the meter's of the same name, by the same table.
#include "homeassistant/port_discovery.hpp"

#include "homeassistant/discovery.hpp"
#include "homeassistant/entities.hpp"
#include "meter/problem.hpp"

namespace hanport::homeassistant {
namespace {

mqtt::Message retained(std::string topic, std::string payload) {
    return {.topic = std::move(topic),
            .payload = std::move(payload),
            .qos = mqtt::Qos::at_least_once,
            .retain = mqtt::Retain::yes};
}

std::string key_of(unsigned number, const HomeEntity& row) {
    return "port_" + std::to_string(number) + '_' + std::string(row.key);
}

std::string single_topic(const publish::Topics& topics, std::string_view platform,
                         const std::string& key) {
    return topics.discovery_prefix + '/' + std::string(platform) + '/' + topics.reader_device_id() +
           '/' + key + "/config";
}

Json entity(const publish::Topics& topics, unsigned number, const HomeEntity& row) {
    const std::string id = topics.reader_device_id();
    const std::string key = key_of(number, row);
    Json json{{"platform", row.platform},
              {"unique_id", id + '_' + key},
              {"name", "Port " + std::to_string(number) + ' ' + std::string(row.title)},
              {"device_class", row.device_class},
              {"entity_category", "diagnostic"},
              {"state_topic", topics.port_problem(number)},
              {"value_template", row.value}};
    if (row.device_class == "enum")
        for (const meter::ProblemRow& cause : meter::problems())
            json["options"].push_back(cause.key);
    if (!row.attributes.empty()) {
        json["json_attributes_topic"] = json["state_topic"];
        json["json_attributes_template"] = row.attributes;
    }
    json["availability"] = Json::array({{{"topic", topics.status()}}});
    return json;
}

} // namespace

std::vector<mqtt::Message> port_discovery(const publish::Topics& topics,
                                          std::span<const unsigned> numbers,
                                          std::span<const unsigned> withdrawn,
                                          config::DiscoveryStyle style, std::string_view version) {
    const std::string id = topics.reader_device_id();
    const Json device{{"identifiers", {id}}, {"name", "hanport " + topics.client_id}};
    const Json origin{{"name", "hanport"}, {"sw_version", version}};
    const std::string device_topic = topics.discovery_prefix + "/device/" + id + "/config";
    Json components = Json::object();
    std::vector<mqtt::Message> messages;
    const auto add = [&](unsigned number, bool is_withdrawn) {
        for (const HomeEntity& row : home_entities) {
            if (row.topic != HomeEntity::Topic::problem)
                continue;
            Json config = entity(topics, number, row);
            const std::string key = key_of(number, row);
            // A component with only its platform is removed.
            components[key] = is_withdrawn ? Json{{"platform", row.platform}} : config;
            config.erase("platform"); // it is in the topic
            config["device"] = device;
            config["origin"] = origin;
            const bool is_single = style == config::DiscoveryStyle::single && !is_withdrawn;
            messages.push_back(retained(single_topic(topics, row.platform, key),
                                        is_single ? text_of(config) : ""));
        }
    };
    for (const unsigned number : numbers)
        add(number, false);
    for (const unsigned number : withdrawn)
        add(number, true);
    // Emptied before the other style is published; otherwise its unique_ids would be refused as
    // duplicates.
    if (style == config::DiscoveryStyle::device)
        messages.push_back(retained(
            device_topic,
            text_of(Json{{"device", device}, {"origin", origin}, {"components", components}})));
    else
        messages.insert(messages.begin(), retained(device_topic, ""));
    return messages;
}

} // namespace hanport::homeassistant
