// Connection options from the [mqtt] section; see broker_options.hpp.
#include "daemon/broker_options.hpp"

#include "base/read_file.hpp"

namespace hanport::daemon {
namespace {

// The first line of the file.
std::string password(const std::filesystem::path& file) {
    if (file.empty())
        return {};
    base::warn_if_exposed(file, "password file");
    const auto content = base::read_file(file);
    if (!content)
        throw config::ConfigError("the password in " + file.string() +
                                  " cannot be read: " + content.error().message());
    return content->substr(0, content->find_first_of("\r\n"));
}

} // namespace

publish::Topics topics_of(const config::Config& config) {
    return {.prefix = config.mqtt.prefix,
            .client_id = config.mqtt.client_id,
            .discovery_prefix = config.home_assistant.prefix};
}

mqtt::BrokerOptions broker_options(const config::Config& config) {
    const config::MqttConfig& mqtt = config.mqtt;
    if (!mqtt.key_file.empty())
        base::warn_if_exposed(mqtt.key_file, "key file");
    return {.url = mqtt.url,
            .client_id = mqtt.client_id,
            .mqtt5 = mqtt.mqtt5,
            .username = mqtt.username,
            .password = password(mqtt.password_file),
            .ca_file = mqtt.ca_file,
            .certificate_file = mqtt.certificate_file,
            .key_file = mqtt.key_file,
            .insecure = mqtt.insecure,
            .will = {.topic = topics_of(config).status(),
                     .payload = std::string(publish::offline),
                     .qos = mqtt::Qos::at_least_once,
                     .retain = mqtt::Retain::yes}};
}

} // namespace hanport::daemon
