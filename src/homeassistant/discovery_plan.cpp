// The order of discovery messages; see discovery_plan.hpp.
#include "homeassistant/discovery_plan.hpp"

#include "homeassistant/discovery.hpp"
#include "homeassistant/foreign_json.hpp"

#include <optional>
#include <set>
#include <utility>

namespace hanport::homeassistant {
namespace {

// Retained, so that Home Assistant gets it also if it was not running.
mqtt::Message emptied(std::string topic) {
    return {.topic = std::move(topic),
            .payload = {},
            .qos = mqtt::Qos::at_least_once,
            .retain = mqtt::Retain::yes};
}

// Not retained: the topic's content stays until it is emptied, so that an interrupted migration
// starts again with all current data.
mqtt::Message migration(std::string topic) {
    return {.topic = std::move(topic),
            .payload = R"({"migrate_discovery":true})",
            .qos = mqtt::Qos::at_least_once,
            .retain = mqtt::Retain::no};
}

// Larger numbers are not hanport's: a meter has some 40 entities with names of some 30 letters.
constexpr std::size_t most_components = 300;
constexpr std::size_t longest_name = 64;

bool is_text(const Json& config, const char* key) {
    const auto found = config.find(key);
    return found != config.end() && found->is_string();
}

// True if Home Assistant can have created an entity from it; types written by other programs are
// checked.
bool is_entity(const std::string& key, const Json& config) {
    return !key.empty() && key.size() <= longest_name && is_text(config, "unique_id") &&
           (!config.contains("platform") || is_text(config, "platform")) &&
           text_at(config, "platform").size() <= longest_name;
}

struct FoundSingle {
    std::string topic;
    std::string platform;
    std::string key;
    Json config;
};

// Earlier discovery of this meter.
struct Found {
    std::optional<Json> device; // its payload
    std::vector<FoundSingle> singles;
};

// Parses <discovery>/<platform>/hanport_<meter>/<key>/config; empty for another form.
std::optional<std::pair<std::string, std::string>> platform_and_key(const publish::Topics& topics,
                                                                    const std::string& meter_id,
                                                                    const std::string& topic) {
    std::string_view rest = topic;
    const std::string begin = topics.discovery_prefix + '/';
    const std::string middle = '/' + publish::Topics::device_id(meter_id) + '/';
    constexpr std::string_view end = "/config";
    if (!rest.starts_with(begin) || !rest.ends_with(end))
        return std::nullopt;
    rest.remove_prefix(begin.size());
    const auto at = rest.find(middle);
    if (at == 0 || at == std::string_view::npos || at + middle.size() + end.size() >= rest.size())
        return std::nullopt;
    const std::string_view platform = rest.substr(0, at);
    rest.remove_prefix(at + middle.size());
    rest.remove_suffix(end.size());
    if (platform.contains('/') || rest.contains('/'))
        return std::nullopt;
    return std::pair{std::string(platform), std::string(rest)};
}

Found sort(const publish::Topics& topics, const std::string& meter_id,
           const std::map<std::string, std::string>& payloads) {
    Found found;
    for (const auto& [topic, payload] : payloads) {
        if (payload.empty())
            continue;
        if (topic == topics.device_config(meter_id))
            found.device = foreign_object(payload);
        else if (auto names = platform_and_key(topics, meter_id, topic);
                 names && found.singles.size() < most_components)
            found.singles.push_back({topic, names->first, names->second, foreign_object(payload)});
    }
    return found;
}

// The components of a device's payload, without those that are being removed.
std::vector<Component> components_of(const Json& device) {
    std::vector<Component> all;
    if (const auto map = device.find("components"); map != device.end() && map->is_object())
        for (const auto& [key, config] : map->items())
            if (config.is_object() && config.size() > 1 && is_entity(key, config) &&
                all.size() < most_components)
                all.push_back({key, config});
    return all;
}

// A single config as a component, without the fields that the device's payload has for all.
Component component_of(const FoundSingle& single) {
    Component component{single.key, {{"platform", single.platform}}};
    component.config.update(single.config);
    component.config["platform"] = single.platform; // whatever the config contains
    for (const char* key : {"device", "origin", "migrate_discovery"})
        component.config.erase(key);
    return component;
}

// A removed component: only its platform.
Component removed(const Component& component) {
    return {component.key, {{"platform", text_at(component.config, "platform", "sensor")}}};
}

class Plan {
  public:
    Plan(const publish::Topics& topics, const meter::Snapshot& snapshot,
         const DiscoveryOptions& options, const DiscoverySituation& situation)
        : topics_(topics), snapshot_(snapshot), options_(options), complete_(situation.complete),
          found_(sort(topics, snapshot.meter_id, situation.found)),
          offered_(components(topics, snapshot, options)) {
        for (const Component& component : offered_)
            keys_.insert(component.key);
    }

    std::vector<mqtt::Message> make(config::DiscoveryStyle style) {
        switch (style) {
        case config::DiscoveryStyle::device:
            announce_device();
            break;
        case config::DiscoveryStyle::single:
            announce_singles();
            break;
        case config::DiscoveryStyle::off:
            if (found_.device)
                send(emptied(device_topic()));
            for (const FoundSingle& single : found_.singles)
                send(emptied(single.topic));
            break;
        }
        return std::move(messages_);
    }

  private:
    void announce_device() {
        std::vector<std::string> migrated;
        std::vector<Component> leaving;
        for (const FoundSingle& single : found_.singles) {
            if (gone(single.key))
                continue;
            migrated.push_back(single.topic);
            send(migration(single.topic));
            carry(component_of(single));
        }
        if (found_.device)
            for (const Component& component : components_of(*found_.device)) {
                if (gone(component.key))
                    leaving.push_back(removed(component));
                else
                    carry(component);
            }
        if (!leaving.empty()) {
            leaving.insert(leaving.begin(), offered_.begin(), offered_.end());
            send(device_message(topics_, snapshot_, options_, leaving));
        }
        send(device_message(topics_, snapshot_, options_, offered_));
        for (const FoundSingle& single : found_.singles)
            send(emptied(single.topic));
    }

    void announce_singles() {
        if (found_.device)
            migrate_device(*found_.device);
        for (const Component& component : offered_)
            send(single_message(topics_, snapshot_, options_, component));
        if (found_.device)
            send(emptied(device_topic()));
        for (const FoundSingle& single : found_.singles)
            if (gone(single.key))
                send(emptied(single.topic));
    }

    // Removed entities go before the rest is migrated; otherwise they would stay forever.
    void migrate_device(Json device) {
        bool leaving = false;
        const std::vector<Component> known = components_of(device);
        device["components"] = Json::object();
        for (const Component& component : known) {
            device["components"][component.key] = component.config;
            if (gone(component.key)) {
                device["components"][component.key] = removed(component).config;
                leaving = true;
            } else {
                carry(component);
            }
        }
        if (leaving)
            send({.topic = device_topic(),
                  .payload = text_of(device),
                  .qos = mqtt::Qos::at_least_once,
                  .retain = mqtt::Retain::yes});
        send(migration(device_topic()));
    }

    [[nodiscard]] bool gone(const std::string& key) const {
        return complete_ && !keys_.contains(key);
    }

    // In earlier discovery but not yet seen in this run: it is kept.
    void carry(Component component) {
        if (is_entity(component.key, component.config) && keys_.insert(component.key).second)
            offered_.push_back(std::move(component));
    }

    [[nodiscard]] std::string device_topic() const {
        return topics_.device_config(snapshot_.meter_id);
    }
    void send(mqtt::Message message) { messages_.push_back(std::move(message)); }

    const publish::Topics& topics_;
    const meter::Snapshot& snapshot_;
    const DiscoveryOptions& options_;
    bool complete_;
    Found found_;
    std::vector<Component> offered_;
    std::set<std::string> keys_; // of offered_
    std::vector<mqtt::Message> messages_;
};

} // namespace

std::vector<mqtt::Message> discovery_plan(const publish::Topics& topics,
                                          const meter::Snapshot& snapshot,
                                          const DiscoveryOptions& options,
                                          const DiscoverySituation& situation) {
    return Plan(topics, snapshot, options, situation).make(situation.style);
}

} // namespace hanport::homeassistant
