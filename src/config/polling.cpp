// Keys of polled meters; see polling.hpp.
#include "config/polling.hpp"

#include "config/nearest.hpp"
#include "iec62056/session.hpp"
#include "kmp/register.hpp"
#include "kmp/session.hpp"

#include <algorithm>
#include <tuple>

namespace hanport::config {
namespace {

using han::cosem::QuantityKind;
using polled::Choice;

constexpr std::size_t longest = 32;
constexpr std::int64_t longest_interval = std::chrono::seconds(std::chrono::days(31)).count();
constexpr std::string_view scale_form = R"(a power of ten and a unit, "0.01 GJ", "1 l/h")";
constexpr std::string_view values_form =
    R"(a list of codes or names, or of { code = "…", name = "…", type = "…" })";

constexpr auto types = std::to_array<std::pair<std::string_view, std::optional<QuantityKind>>>({
    {"energy", QuantityKind::active_energy},
    {"reactive_energy", QuantityKind::reactive_energy},
    {"heat_energy", QuantityKind::heat_energy},
    {"power", QuantityKind::active_power},
    {"reactive_power", QuantityKind::reactive_power},
    {"voltage", QuantityKind::voltage},
    {"current", QuantityKind::current},
    {"volume", QuantityKind::volume},
    {"flow", QuantityKind::flow},
    {"temperature", QuantityKind::temperature},
    {"temperature_difference", QuantityKind::temperature_difference},
    {"mass", QuantityKind::mass},
    {"pressure", QuantityKind::pressure},
    {"duration", QuantityKind::duration},
    {"number", QuantityKind::number},
    {"text", std::nullopt},
});

bool is_word(std::string_view text, bool (*allows)(char)) {
    return !text.empty() && text.size() <= longest && std::ranges::all_of(text, allows);
}

bool is_code(std::string_view text) {
    return is_word(text, [](char c) { return c > ' ' && c < '\x7F' && c != '(' && c != ')'; });
}

bool is_name(std::string_view text) {
    return is_word(
        text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

bool is_address(std::string_view text) {
    return text.empty() || is_word(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == ' ';
           });
}

const TextRule code_rule{is_code, "1 to 32 printable characters: \"1.8.0\", \"60\", \"volume\""};
const TextRule name_rule{is_name, "1 to 32 of a–z, 0–9, _"};

// An integer is accepted; its digits are used.
void read_code(const ConfigValue& value, std::string& out) {
    if (const auto* const number = value.node().as_integer();
        number != nullptr && number->get() >= 0)
        out = std::to_string(number->get());
    else
        value.read_text(out, code_rule);
}

Choice read_choice(const ConfigValue& value, const toml::table& table) {
    Choice choice;
    for (const auto& [key, node] : table) {
        const ConfigValue inner = value.inner(node, key.str());
        if (key == "code") {
            read_code(inner, choice.code);
        } else if (key == "name") {
            inner.read_text(choice.name, name_rule);
        } else if (key == "type") {
            inner.read_choice<std::optional<QuantityKind>>(choice.kind, types);
            choice.has_type = true;
        } else {
            inner.wrong("unknown key", "code, name, type");
        }
    }
    if (!table.contains("code"))
        value.inner(table).wrong("has no code", values_form);
    return choice;
}

// The protocols to which a key applies.
struct Place {
    std::string_view key;
    bool han;
    bool kmp;
    bool iec;
};
constexpr auto places = std::to_array<Place>({
    {"parity", true, false, false},
    {"encryption_key_file", true, false, false},
    {"authentication_key_file", true, false, false},
    {"interval", false, true, true},
    {"publish_interval", false, true, true},
    {"values", false, true, true},
    {"address", false, false, true},
    {"meter_id", false, true, true},
    {"wake_up", false, false, true},
    {"request", false, false, true},
    {"scaling", false, false, true},
});

void check_places(const toml::table& table, Protocol protocol, Mistakes& mistakes) {
    for (const Place& place : places) {
        const bool belongs = protocol == Protocol::han   ? place.han
                             : protocol == Protocol::kmp ? place.kmp
                                                         : place.iec;
        if (belongs || !table.contains(place.key))
            continue;
        std::string owners;
        for (const auto& [name, owner, has] :
             {std::tuple("han", Protocol::han, place.han),
              std::tuple("kmp", Protocol::kmp, place.kmp),
              std::tuple("iec62056-21", Protocol::iec62056, place.iec)})
            if (has)
                owners.append(owners.empty() ? "with protocol = \"" : " or \"")
                    .append(name)
                    .append("\"");
        mistakes.add(line_of(table, place.key), std::string("port.").append(place.key),
                     std::string("is not for protocol = \"").append(text(protocol)).append("\""),
                     owners);
    }
}

void check_kmp(const toml::table& table, PollingConfig& pull, Mistakes& mistakes) {
    for (Choice& choice : pull.values) {
        if (choice.code.empty())
            continue; // an error already recorded
        if (const auto id = kmp::register_id(choice.code)) {
            choice.code = std::to_string(*id);
            continue;
        }
        std::vector<std::string_view> names;
        for (const kmp::Register& row : kmp::registers())
            names.push_back(row.name);
        std::string what = in_quotes(choice.code) + " is no register";
        if (const auto near = nearest(choice.code, names); !near.empty())
            what.append(", perhaps ").append(near);
        mistakes.add(line_of(table, "values"), "port.values", what,
                     "0 to 65535, 0x…, or a name as heat_energy, volume");
    }
}

void check_iec(const toml::table& table, const PortConfig& port, Mistakes& mistakes) {
    if (is_tcp(port.device))
        mistakes.add(line_of(table, "device"), "port.device",
                     in_quotes(port.device) + " cannot change its speed, as iec62056-21 does",
                     "a serial line");
    if (!port.pull.short_readout && table.contains("scaling"))
        mistakes.add(line_of(table, "scaling"), "port.scaling",
                     "stands without request = \"/#1\", whose values alone have no units",
                     "both or neither");
    if (port.pull.short_readout)
        for (const std::string_view key : {"address", "wake_up"})
            if (table.contains(key))
                mistakes.add(line_of(table, key), std::string("port.").append(key),
                             "is not for request = \"/#1\"", "with request = \"/?!\"");
}

} // namespace

const TextRule meter_address_rule{is_address, "up to 32 letters and digits"};

std::string_view text(Protocol protocol) noexcept {
    return std::ranges::find(port_protocols, protocol,
                             &std::pair<std::string_view, Protocol>::second)
        ->first;
}

void read_interval(const ConfigValue& value, std::chrono::seconds& out) {
    constexpr std::string_view allowed = "1 to 2678400 s (a month)";
    const auto* const number = value.node().as_integer();
    if (number == nullptr)
        value.wrong(std::string("is ").append(type_of(value.node())), allowed);
    else if (number->get() < 1 || number->get() > longest_interval)
        value.wrong(std::to_string(number->get()), allowed);
    else
        out = std::chrono::seconds(number->get());
}

void read_values(const ConfigValue& value, std::vector<Choice>& out) {
    const auto* const list = value.node().as_array();
    if (list == nullptr || list->empty()) {
        value.wrong(list == nullptr ? std::string("is ").append(type_of(value.node())) : "is empty",
                    values_form);
        return;
    }
    for (const toml::node& node : *list) {
        if (const auto* const table = node.as_table())
            out.push_back(read_choice(value, *table));
        else
            read_code(value.inner(node), out.emplace_back().code);
    }
}

void read_scaling(const ConfigValue& value, iec62056::Scaling& out) {
    const auto* const table = value.node().as_table();
    if (table == nullptr) {
        value.wrong(std::string("is ").append(type_of(value.node())),
                    R"({ heat_energy = "0.01 GJ", … })");
        return;
    }
    for (const auto& [key, node] : *table) {
        const ConfigValue inner = value.inner(node, key.str());
        const auto field =
            std::ranges::find(iec62056::short_field_table, key.str(), &iec62056::ShortField::name);
        if (field == iec62056::short_field_table.end()) {
            std::array<std::string_view, iec62056::short_fields> names;
            std::ranges::transform(iec62056::short_field_table, names.begin(),
                                   &iec62056::ShortField::name);
            inner.wrong("unknown field", enumerate(names));
        } else if (const std::string* const text = inner.text(scale_form); text != nullptr) {
            if (const auto scale = iec62056::scale(*text))
                out.at(static_cast<std::size_t>(field - iec62056::short_field_table.begin())) =
                    *scale;
            else
                inner.wrong(in_quotes(*text), scale_form);
        }
    }
}

void check_pull(const toml::table& table, PortConfig& port, Mistakes& mistakes) {
    check_places(table, port.protocol, mistakes);
    if (port.protocol == Protocol::han)
        return;
    PollingConfig& pull = port.pull;
    if (!table.contains("baud"))
        port.baud = port.protocol == Protocol::kmp ? kmp::default_format.baud
                                                   : iec62056::sign_on_format.baud;
    if (!table.contains("publish_interval"))
        pull.publish_interval = pull.interval;
    else if (pull.publish_interval < pull.interval)
        mistakes.add(line_of(table, "publish_interval"), "port.publish_interval",
                     std::to_string(pull.publish_interval.count()) + " s is shorter than interval",
                     std::to_string(pull.interval.count()) + " s or more");
    if (port.protocol == Protocol::kmp)
        check_kmp(table, pull, mistakes);
    else
        check_iec(table, port, mistakes);
}

} // namespace hanport::config
