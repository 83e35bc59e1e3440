// The configs that a meter's discovery has.
#pragma once

#include "homeassistant/discovery.hpp"

#include <set>

namespace discovery_configs {

inline const hanport::publish::Topics topics{.client_id = "hanport-pi"};
inline const hanport::homeassistant::DiscoveryOptions options{.version = "0.1.0"};

[[nodiscard]] inline hanport::homeassistant::Json
config_of(const hanport::meter::Snapshot& snapshot, std::string_view key,
          const hanport::homeassistant::DiscoveryOptions& with = options) {
    for (const hanport::homeassistant::Component& component : components(topics, snapshot, with))
        if (component.key == key)
            return component.config;
    return {};
}

[[nodiscard]] inline std::set<std::string> keys_of(const hanport::meter::Snapshot& snapshot) {
    std::set<std::string> keys;
    for (const hanport::homeassistant::Component& component : components(topics, snapshot, options))
        keys.insert(component.key);
    return keys;
}

} // namespace discovery_configs
