// The configuration file as a whole; see sections.hpp for its sections.
#include "config/config.hpp"

#include "base/read_file.hpp"
#include "config/section.hpp"
#include "config/sections.hpp"

#include <algorithm>
#include <array>

namespace hanport::config {
namespace {

constexpr auto section_names =
    std::to_array<std::string_view>({"port", "mqtt", "home_assistant", "tariff", "service"});

Config read(const toml::table& root, Mistakes& mistakes) {
    Config config;
    for (const auto& [key, node] : root)
        if (std::ranges::find(section_names, key.str()) == section_names.end())
            report_unknown(key, "", node.is_table() || node.is_array() ? "section" : "key",
                           section_names, mistakes);
    read_ports(root, config.ports, mistakes);
    read_mqtt(root, config.mqtt, mistakes);
    read_home_assistant(root, config.home_assistant, mistakes);
    read_tariffs(root, config.tariffs, mistakes);
    read_service(root, static_cast<unsigned>(config.ports.size()), config.service, mistakes);
    if (config.ports.empty())
        config.ports.emplace_back();
    return config;
}

} // namespace

Config load_config(const std::filesystem::path& file) {
    const auto content = base::read_file(file);
    if (!content)
        throw ConfigError(file.string() + ": cannot be read: " + content.error().message());
    Mistakes mistakes(file);
    try {
        Config config = read(toml::parse(*content), mistakes);
        mistakes.throw_if_any();
        return config;
    } catch (const toml::parse_error& error) {
        mistakes.add(error.source().begin.line, "", error.description());
        mistakes.throw_if_any();
        throw;
    }
}

} // namespace hanport::config
