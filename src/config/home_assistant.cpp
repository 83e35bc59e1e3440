// [home_assistant]: the discovery.
#include "config/section.hpp"
#include "config/sections.hpp"

#include <algorithm>

namespace hanport::config {
namespace {

constexpr auto styles = std::to_array<Choice<DiscoveryStyle>>({{"device", DiscoveryStyle::device},
                                                               {"single", DiscoveryStyle::single},
                                                               {"off", DiscoveryStyle::off}});

constexpr auto rows = std::to_array<Row<HomeAssistantConfig>>({
    {"discovery",
     [](Value v, HomeAssistantConfig& s) { v.read_choice<DiscoveryStyle>(s.discovery, styles); }},
    {"prefix", [](Value v, HomeAssistantConfig& s) { v.read_text(s.prefix, prefix_rule); }},
    {"reactive_energy_class",
     [](Value v, HomeAssistantConfig& s) { v.read_flag(s.reactive_energy_class); }},
});

} // namespace

void read_home_assistant(const toml::table& root, HomeAssistantConfig& home_assistant,
                         Mistakes& mistakes) {
    read_section(root, "home_assistant", rows, home_assistant, mistakes);
}

std::string_view text(DiscoveryStyle style) noexcept {
    return std::ranges::find(styles, style, &Choice<DiscoveryStyle>::second)->first;
}

} // namespace hanport::config
