// The options of paho; see paho_options.hpp.
#include "mqtt/paho_options.hpp"

namespace hanport::mqtt {
namespace {

using namespace std::chrono_literals;

constexpr auto connect_timeout = 10s;
constexpr std::size_t largest_packet = largest_message + 65'536; // with a topic of any length
constexpr int most_buffered = 2000; // messages handed to paho and not sent yet
constexpr int most_in_flight = 32;  // more than Broker ever has in flight

int mqtt_version(const BrokerOptions& options) {
    return options.mqtt5 ? MQTTVERSION_5 : MQTTVERSION_3_1_1;
}

::mqtt::ssl_options ssl_options_of(const BrokerOptions& options) {
    ::mqtt::ssl_options ssl; // the system's authorities by default
    if (!options.ca_file.empty())
        ssl.set_trust_store(options.ca_file);
    if (!options.certificate_file.empty())
        ssl.set_key_store(options.certificate_file);
    if (!options.key_file.empty())
        ssl.set_private_key(options.key_file);
    ssl.set_enable_server_cert_auth(!options.insecure);
    ssl.set_verify(!options.insecure); // checks the host name
    return ssl;
}

} // namespace

::mqtt::create_options create_options_of(const BrokerOptions& options) {
    ::mqtt::create_options create(mqtt_version(options));
    create.set_max_buffered_messages(most_buffered);
    return create;
}

::mqtt::connect_options connect_options_of(const BrokerOptions& options, bool tls) {
    ::mqtt::connect_options connect;
    connect.set_mqtt_version(mqtt_version(options));
    if (options.mqtt5) {
        connect.set_clean_start(true);
        connect.set_properties(
            {{::mqtt::property::MAXIMUM_PACKET_SIZE, static_cast<int>(largest_packet)}});
    } else {
        connect.set_clean_session(true);
    }
    connect.set_keep_alive_interval(options.keep_alive);
    connect.set_connect_timeout(connect_timeout);
    connect.set_max_inflight(most_in_flight);
    connect.set_automatic_reconnect(false);
    if (!options.username.empty())
        connect.set_user_name(options.username);
    if (!options.password.empty())
        connect.set_password(options.password);
    const Message& will = options.will;
    if (!will.topic.empty())
        connect.set_will_message(
            ::mqtt::message(will.topic, will.payload, level(will.qos), will.retain == Retain::yes));
    if (tls)
        connect.set_ssl(ssl_options_of(options));
    return connect;
}

} // namespace hanport::mqtt
