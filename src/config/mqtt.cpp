// [mqtt]: the connection to the broker.
#include "config/section.hpp"
#include "config/sections.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace hanport::config {
namespace {

constexpr auto protocols = std::to_array<Choice<bool>>({{"5", true}, {"3.1.1", false}});

void read_url(Value value, MqttConfig& mqtt) {
    const std::string* const text = value.text(url_rule.description);
    if (text == nullptr)
        return;
    if (text->find('@') == std::string::npos)
        value.read_text(mqtt.url, url_rule);
    else // A possible password is not repeated.
        value.wrong("has a user in it, who belongs to mqtt.username and mqtt.password_file",
                    url_rule.description);
}

constexpr auto rows = std::to_array<Row<MqttConfig>>({
    {"url", read_url},
    {"client_id", [](Value v, MqttConfig& s) { v.read_text(s.client_id, client_id_rule); }},
    {"username", [](Value v, MqttConfig& s) { v.read_text(s.username, username_rule); }},
    {"password_file", [](Value v, MqttConfig& s) { v.read_file_name(s.password_file); }},
    {"prefix", [](Value v, MqttConfig& s) { v.read_text(s.prefix, prefix_rule); }},
    {"protocol", [](Value v, MqttConfig& s) { v.read_choice<bool>(s.mqtt5, protocols); }},
    {"ca_file", [](Value v, MqttConfig& s) { v.read_file_name(s.ca_file); }},
    {"certificate_file", [](Value v, MqttConfig& s) { v.read_file_name(s.certificate_file); }},
    {"key_file", [](Value v, MqttConfig& s) { v.read_file_name(s.key_file); }},
    {"insecure", [](Value v, MqttConfig& s) { v.read_flag(s.insecure); }},
});

void check(const toml::table& table, const MqttConfig& mqtt, Mistakes& mistakes) {
    const auto lacks = [&](std::string_view key, std::string_view other) {
        if (table.contains(key) && !table.contains(other))
            mistakes.add(line_of(table, key), std::string("mqtt.").append(key),
                         std::string("stands without ").append(other), "both or neither");
    };
    lacks("password_file", "username");
    lacks("certificate_file", "key_file");
    lacks("key_file", "certificate_file");
    if (mqtt.url.starts_with("mqtts://"))
        return;
    for (const std::string_view key : {"ca_file", "certificate_file", "key_file"})
        if (table.contains(key))
            mistakes.add(line_of(table, key), std::string("mqtt.").append(key),
                         "is for TLS, and mqtt.url is not", "with mqtts:// only");
}

std::string default_client_id() {
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0)
        return "hanport";
    std::string id = std::string("hanport-").append(name.data());
    constexpr std::size_t most = 100;
    id.resize(std::min(id.size(), most));
    for (char& c : id)
        if (!client_id_rule.allows({&c, 1}))
            c = '-';
    return id;
}

// The password that systemd passes to the service (LoadCredential=mqtt_password:…).
std::filesystem::path credential() {
    const char* const folder = std::getenv("CREDENTIALS_DIRECTORY");
    if (folder == nullptr)
        return {};
    std::filesystem::path path = std::filesystem::path(folder) / "mqtt_password";
    std::error_code ignored;
    return std::filesystem::exists(path, ignored) ? path : std::filesystem::path{};
}

} // namespace

void read_mqtt(const toml::table& root, MqttConfig& mqtt, Mistakes& mistakes) {
    if (const auto* const table = read_section(root, "mqtt", rows, mqtt, mistakes))
        check(*table, mqtt, mistakes);
    if (mqtt.client_id.empty())
        mqtt.client_id = default_client_id();
    if (mqtt.password_file.empty() && !mqtt.username.empty())
        mqtt.password_file = credential();
}

} // namespace hanport::config
