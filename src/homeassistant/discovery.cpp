// Discovery messages from the tables of sensors.hpp.
#include "homeassistant/discovery.hpp"

#include "homeassistant/entities.hpp"
#include "homeassistant/sensors.hpp"
#include "meter/problem.hpp"

#include <algorithm>
#include <initializer_list>

namespace hanport::homeassistant {

using meter::Snapshot;

namespace {

constexpr std::size_t short_id_size = 6;
constexpr std::string_view water_meter = "Water meter";

void set_unless_empty(Json& json, const char* key, std::string_view text) {
    if (!text.empty())
        json[key] = text;
}

// Only a–z, 0–9 and _: the characters of Home Assistant's entity ids.
std::string slug(std::string_view text) {
    std::string slug(text);
    std::ranges::transform(slug, slug.begin(), [](char c) {
        if (c >= 'A' && c <= 'Z')
            return static_cast<char>(c - 'A' + 'a');
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
    });
    return slug;
}

std::string_view last(std::string_view text, std::size_t size) {
    return text.substr(text.size() - std::min(size, text.size()));
}

std::string value_template(std::string_view key) {
    return std::string("{{ value_json.").append(key).append(" }}");
}

// For a name chosen by the meter or its owner: a name that is not an identifier, or is a member of
// Python's dict, works only in brackets. Domoticz also accepts these quotes.
std::string value_template_of_any(const std::string& name) {
    return "{{ value_json[" + text_of(Json(name)) + "] }}";
}

// The first fields of every entity's config.
Json entity(const Snapshot& snapshot, std::string_view key, std::string_view title,
            std::string_view platform = "sensor") {
    return {
        {"platform", platform},
        {"unique_id", publish::Topics::device_id(snapshot.meter_id).append("_").append(key)},
        {"default_entity_id", std::string(platform) + ".hanport_" +
                                  slug(last(snapshot.meter_id, short_id_size)) + '_' + slug(title)},
        {"name", title},
    };
}

Json availability_of(std::initializer_list<std::string> topics) {
    Json list = Json::array();
    for (const std::string& topic : topics)
        list.push_back({{"topic", topic}});
    return list;
}

// By the counted quantity. A heat meter also counts water volume.
std::string_view meter_name(const Snapshot& snapshot) {
    const auto has = [&snapshot](han::cosem::QuantityKind kind) {
        return std::ranges::any_of(snapshot.values,
                                   [kind](const auto& value) { return value.second.kind == kind; });
    };
    if (has(han::cosem::QuantityKind::heat_energy))
        return "Heat meter";
    return has(han::cosem::QuantityKind::volume) ? water_meter : "Electricity meter";
}

int decimals_of(const KindOfSensor& kind, const meter::LatestValue& latest) {
    const int exponent = latest.value.exponent - meter::published_unit(latest.unit).exponent;
    return std::clamp(-exponent, kind.least_decimals, kind.most_decimals);
}

Json measured(const Snapshot& snapshot, const std::string& name, const meter::LatestValue& latest,
              han::cosem::QuantityKind quantity, const DiscoveryOptions& options) {
    const KindOfSensor& kind = sensor_of(quantity);
    Json json = entity(snapshot, publish::object_id(name), title_of(name));
    if (options.reactive_energy_class || quantity != han::cosem::QuantityKind::reactive_energy)
        set_unless_empty(json, "device_class",
                         quantity == han::cosem::QuantityKind::volume &&
                                 meter_name(snapshot) == water_meter
                             ? "water" // for the energy and water dashboard
                             : kind.device_class);
    set_unless_empty(json, "state_class", kind.state_class);
    set_unless_empty(json, "unit_of_measurement",
                     latest.unit == han::cosem::Unit::joule
                         ? meter::published_unit(latest.unit).text
                         : kind.unit);
    json["suggested_display_precision"] = decimals_of(kind, latest);
    json["value_template"] = kind_of(name) ? value_template(name) : value_template_of_any(name);
    if (kind.expires)
        json["expire_after"] = snapshot.lifetime.count();
    return json;
}

// Available as long as the reader is: diagnostics are needed when the meter is silent.
Json diagnosed(const publish::Topics& topics, const Snapshot& snapshot, const Diagnostic& row) {
    Json json = entity(snapshot, row.key, row.title);
    set_unless_empty(json, "device_class", row.device_class);
    set_unless_empty(json, "state_class", row.state_class);
    set_unless_empty(json, "unit_of_measurement", row.unit);
    json["entity_category"] = "diagnostic";
    if (!row.enabled)
        json["enabled_by_default"] = false;
    json["state_topic"] =
        row.source == Source::stats
            ? topics.stats()
            : topics.list(snapshot.meter_id, snapshot.is_polled ? han::list::ListKind::readout
                                                                : han::list::ListKind::live);
    json["value_template"] = value_template(row.value);
    json["availability"] = availability_of({topics.status()});
    return json;
}

// The capacity charge is available like the meter, problems like the reader.
Json of_home(const publish::Topics& topics, const Snapshot& snapshot, const HomeEntity& row) {
    const bool is_problem = row.topic == HomeEntity::Topic::problem;
    Json json = entity(snapshot, row.key, row.title, row.platform);
    set_unless_empty(json, "device_class", row.device_class);
    set_unless_empty(json, "state_class", row.state_class);
    set_unless_empty(json, "unit_of_measurement", row.unit);
    if (row.decimals >= 0)
        json["suggested_display_precision"] = row.decimals;
    if (row.device_class == "enum")
        for (const meter::ProblemRow& cause : meter::problems())
            json["options"].push_back(cause.key);
    json["state_topic"] =
        is_problem ? topics.problem(snapshot.meter_id) : topics.tariff(snapshot.meter_id);
    json["value_template"] = row.value;
    if (!row.attributes.empty()) {
        json["json_attributes_topic"] = json["state_topic"];
        json["json_attributes_template"] = row.attributes;
    }
    if (is_problem) {
        json["entity_category"] = "diagnostic";
        json["availability"] = availability_of({topics.status()});
    }
    return json;
}

Json device(const Snapshot& snapshot) {
    Json json{{"identifiers", {publish::Topics::device_id(snapshot.meter_id)}},
              {"name", meter_name(snapshot)}};
    set_unless_empty(json, "manufacturer", snapshot.manufacturer);
    set_unless_empty(json, "model", snapshot.meter_type);
    set_unless_empty(json, "serial_number", snapshot.meter_id);
    return json;
}

Json origin(const DiscoveryOptions& options) {
    Json json{{"name", "hanport"}};
    set_unless_empty(json, "sw_version", options.version);
    return json;
}

mqtt::Message announcement(std::string topic, const Json& payload) {
    return {.topic = std::move(topic),
            .payload = text_of(payload),
            .qos = mqtt::Qos::at_least_once,
            .retain = mqtt::Retain::yes};
}

} // namespace

std::vector<Component> components(const publish::Topics& topics, const Snapshot& snapshot,
                                  const DiscoveryOptions& options) {
    std::vector<Component> all;
    for (const auto& [name, latest] : snapshot.values)
        if (const auto kind = latest.kind ? latest.kind : kind_of(name);
            kind && meter::is_measured(snapshot, name))
            all.push_back(
                {publish::object_id(name), measured(snapshot, name, latest, *kind, options)});
    for (const Diagnostic& row : diagnostics)
        if (row.key != "list_id" || !snapshot.list_id.empty())
            all.push_back({std::string(row.key), diagnosed(topics, snapshot, row)});
    for (const HomeEntity& row : home_entities)
        if (row.topic == HomeEntity::Topic::problem ? !snapshot.is_polled : snapshot.has_tariff)
            all.push_back({std::string(row.key), of_home(topics, snapshot, row)});
    return all;
}

Json shared(const publish::Topics& topics, const Snapshot& snapshot) {
    return {{"state_topic", topics.state(snapshot.meter_id)},
            {"availability",
             availability_of({topics.status(), topics.availability(snapshot.meter_id)})},
            {"availability_mode", "all"}};
}

mqtt::Message device_message(const publish::Topics& topics, const Snapshot& snapshot,
                             const DiscoveryOptions& options,
                             const std::vector<Component>& components) {
    Json payload{{"device", device(snapshot)}, {"origin", origin(options)}};
    payload.update(shared(topics, snapshot));
    Json& map = payload["components"] = Json::object();
    for (const Component& component : components)
        map[component.key] = component.config;
    return announcement(topics.device_config(snapshot.meter_id), payload);
}

mqtt::Message single_message(const publish::Topics& topics, const Snapshot& snapshot,
                             const DiscoveryOptions& options, const Component& component) {
    Json payload = shared(topics, snapshot);
    payload.update(component.config);
    payload.erase("platform"); // it is in the topic
    payload["device"] = device(snapshot);
    payload["origin"] = origin(options);
    return announcement(topics.single_config(snapshot.meter_id,
                                             component.config.value("platform", "sensor"),
                                             component.key),
                        payload);
}

std::string text_of(const Json& payload) {
    return payload.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace hanport::homeassistant
