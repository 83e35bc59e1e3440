// [service]: the program itself.
#include "config/section.hpp"
#include "config/sections.hpp"

namespace hanport::config {
namespace {

constexpr auto levels = std::to_array<Choice<const char*>>({{"trace", "trace"},
                                                            {"debug", "debug"},
                                                            {"info", "info"},
                                                            {"warning", "warning"},
                                                            {"error", "error"}});

void read_log_level(Value value, ServiceConfig& service) {
    const char* level = nullptr;
    value.read_choice<const char*>(level, levels);
    if (level != nullptr)
        service.log_level = level;
}

constexpr auto rows = std::to_array<Row<ServiceConfig>>({
    {"state_directory", [](Value v, ServiceConfig& s) { v.read_path(s.state_directory); }},
    {"log_level", read_log_level},
    {"max_meters", [](Value v, ServiceConfig& s) { v.read_number(s.max_meters, 1, most_meters); }},
});

// A port without room for a meter would have no use.
void check_meters(const toml::table* table, unsigned ports, ServiceConfig& service,
                  Mistakes& mistakes) {
    if (service.max_meters >= ports)
        return;
    if (table != nullptr && table->contains("max_meters"))
        mistakes.add(line_of(*table, "max_meters"), "service.max_meters",
                     std::to_string(service.max_meters) + " is less than the number of ports",
                     std::to_string(ports) + " to " + std::to_string(most_meters));
    service.max_meters = ports;
}

} // namespace

void read_service(const toml::table& root, unsigned ports, ServiceConfig& service,
                  Mistakes& mistakes) {
    const toml::table* const table = read_section(root, "service", rows, service, mistakes);
    check_meters(table, ports, service, mistakes);
}

} // namespace hanport::config
