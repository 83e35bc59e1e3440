// [tariff], [[tariff]]: the capacity charge (kapasitetsledd).
#include "config/section.hpp"
#include "config/sections.hpp"

#include <algorithm>

namespace hanport::config {
namespace {

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

constexpr auto rows = std::to_array<Row<TariffConfig>>({
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

} // namespace

// [tariff] for all meters, or several [[tariff]], each with its meter.
void read_tariffs(const toml::table& root, std::vector<TariffConfig>& tariffs, Mistakes& mistakes) {
    constexpr std::string_view allowed = "[tariff], or [[tariff]] once for each meter";
    const toml::node* const node = root.get("tariff");
    if (node == nullptr)
        return;
    const auto read_one = [&](const toml::node& one) {
        const toml::table* const table = one.as_table();
        if (table == nullptr) {
            mistakes.add(one.source().begin.line, "tariff", std::string("is ").append(type_of(one)),
                         allowed);
            return;
        }
        TariffConfig tariff;
        read_keys(*table, "tariff", rows, tariff, mistakes);
        if (std::ranges::find(tariffs, tariff.meter, &TariffConfig::meter) != tariffs.end())
            mistakes.add(line_of(*table, "meter"), "tariff.meter",
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

const TariffConfig* tariff_of(const Config& config, std::string_view meter_id) {
    const TariffConfig* found = nullptr;
    for (const TariffConfig& tariff : config.tariffs)
        if (tariff.meter == meter_id || (tariff.meter.empty() && found == nullptr))
            found = &tariff;
    return found;
}

} // namespace hanport::config
