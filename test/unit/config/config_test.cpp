// The configuration: what a file may say and what comes of it. Mistakes are in
// config_mistakes_test.cpp.
#include "config/config.hpp"
#include "support/corpus.hpp"
#include "support/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace {

using hanport::config::Config;
using hanport::config::load_config;
using support::Folder;
using testing::MatchesRegex;

Config load(const std::string& text) {
    const Folder folder;
    return load_config(folder.write("hanport.toml", text));
}

void expect_defaults(const Config& config) {
    ASSERT_EQ(config.ports.size(), 1U);
    const auto& port = config.ports[0];
    EXPECT_EQ(port.device, "auto");
    EXPECT_EQ(port.baud, 2400U);
    EXPECT_EQ(port.parity, hanport::config::Parity::automatic);
    EXPECT_EQ(port.encryption_key_file, "");
    EXPECT_EQ(port.authentication_key_file, "");
    EXPECT_EQ(config.mqtt.url, "mqtt://localhost:1883");
    EXPECT_THAT(config.mqtt.client_id, MatchesRegex("hanport-[-._0-9A-Za-z]+"));
    EXPECT_EQ(config.mqtt.username, "");
    EXPECT_EQ(config.mqtt.password_file, "");
    EXPECT_EQ(config.mqtt.prefix, "hanport");
    EXPECT_TRUE(config.mqtt.mqtt5);
    EXPECT_EQ(config.mqtt.ca_file, "");
    EXPECT_EQ(config.mqtt.certificate_file, "");
    EXPECT_EQ(config.mqtt.key_file, "");
    EXPECT_FALSE(config.mqtt.insecure);
    EXPECT_EQ(config.home_assistant.discovery, hanport::config::DiscoveryStyle::device);
    EXPECT_EQ(config.home_assistant.prefix, "homeassistant");
    EXPECT_TRUE(config.home_assistant.reactive_energy_class);
    EXPECT_EQ(config.service.state_directory, "/var/lib/hanport");
    EXPECT_EQ(config.service.log_level, "info");
    EXPECT_EQ(port.max_meters, 8U);
    EXPECT_EQ(config.service.max_meters, 32U);
}

TEST(ConfigTest, AnEmptyFileIsAllDefaults) {
    expect_defaults(load(""));
}

TEST(ConfigTest, EmptySectionsAreAllDefaults) {
    expect_defaults(load("[[port]]\n[mqtt]\n[home_assistant]\n[service]\n"));
    expect_defaults(load("port = []\n"));
}

TEST(ConfigTest, TheShippedFileIsAllDefaults) {
    expect_defaults(load_config(support::project_file("etc/hanport.toml")));
}

// Users activate the commented lines by removing the #.
TEST(ConfigTest, TheShippedFileShowsTheDefaults) {
    std::ifstream file(support::project_file("etc/hanport.toml"));
    std::string text;
    int keys = 0;
    for (std::string line; std::getline(file, line);) {
        const auto equals = line.find(" = ");
        const bool key =
            line.starts_with("# ") && equals != std::string::npos && line.find(' ', 2) == equals;
        keys += key ? 1 : 0;
        const bool has_default = key && !line.substr(0, equals).ends_with("_file") &&
                                 !line.starts_with("# client_id") && !line.starts_with("# meter") &&
                                 !line.starts_with("# max_power_kw");
        const bool section = line == "# [tariff]"; // which is optional
        text.append(line.substr(has_default || section ? 2 : 0)).append("\n");
    }
    EXPECT_EQ(keys, 28);
    EXPECT_NE(text.find("\nbaud = 2400\n"), std::string::npos);
    const Config config = load(text);
    expect_defaults(config);
    const hanport::meter::TariffOptions defaults;
    ASSERT_EQ(config.tariffs.size(), 1U);
    EXPECT_EQ(config.tariffs[0].options.limits, defaults.limits);
    EXPECT_EQ(config.tariffs[0].options.inclusive, defaults.inclusive);
    EXPECT_EQ(config.tariffs[0].options.method, defaults.method);
}

TEST(ConfigTest, EveryKeyIsTakenOver) {
    const Folder folder;
    folder.write("ek", "# the grid company's\n00112233 44556677 8899AABB CCDDEEFF\n");
    folder.write("ak", "ffeeddccbbaa99887766554433221100");
    for (const char* const name : {"password", "ca.pem", "client.pem", "client.key"})
        folder.write(name, "something");
    const auto config = load_config(folder.write("hanport.toml", R"(
[[port]]
device = "/dev/serial/by-id/usb-FTDI_M-Bus-if00-port0"
baud = 115200
parity = "even"
encryption_key_file = "ek"
authentication_key_file = "ak"
max_meters = 2

[[port]]
device = "tcp://[fd00::17]:2001"
parity = "none"

[mqtt]
url = "mqtts://broker.example:8884"
client_id = "meter.cellar_1-a"
username = "måler"
password_file = "password"
prefix = "home/cellar"
protocol = "3.1.1"
ca_file = "ca.pem"
certificate_file = "client.pem"
key_file = "client.key"
insecure = true

[home_assistant]
discovery = "single"
prefix = "ha"
reactive_energy_class = false

[service]
state_directory = "state"
log_level = "debug"
max_meters = 5
)"));
    ASSERT_EQ(config.ports.size(), 2U);
    EXPECT_EQ(config.ports[0].device, "/dev/serial/by-id/usb-FTDI_M-Bus-if00-port0");
    EXPECT_EQ(config.ports[0].baud, 115200U);
    EXPECT_EQ(config.ports[0].parity, hanport::config::Parity::even);
    EXPECT_EQ(config.ports[0].encryption_key_file, folder.path("ek"));
    EXPECT_EQ(config.ports[0].authentication_key_file, folder.path("ak"));
    EXPECT_EQ(config.ports[1].device, "tcp://[fd00::17]:2001");
    EXPECT_EQ(config.ports[1].parity, hanport::config::Parity::none);
    EXPECT_EQ(config.mqtt.url, "mqtts://broker.example:8884");
    EXPECT_EQ(config.mqtt.client_id, "meter.cellar_1-a");
    EXPECT_EQ(config.mqtt.username, "måler");
    EXPECT_EQ(config.mqtt.password_file, folder.path("password"));
    EXPECT_EQ(config.mqtt.prefix, "home/cellar");
    EXPECT_FALSE(config.mqtt.mqtt5);
    EXPECT_EQ(config.mqtt.ca_file, folder.path("ca.pem"));
    EXPECT_EQ(config.mqtt.certificate_file, folder.path("client.pem"));
    EXPECT_EQ(config.mqtt.key_file, folder.path("client.key"));
    EXPECT_TRUE(config.mqtt.insecure);
    EXPECT_EQ(config.home_assistant.discovery, hanport::config::DiscoveryStyle::single);
    EXPECT_EQ(config.home_assistant.prefix, "ha");
    EXPECT_FALSE(config.home_assistant.reactive_energy_class);
    EXPECT_EQ(config.service.state_directory, folder.path("state"));
    EXPECT_EQ(config.service.log_level, "debug");
    EXPECT_EQ(config.ports[0].max_meters, 2U);
    EXPECT_EQ(config.ports[1].max_meters, 8U);
    EXPECT_EQ(config.service.max_meters, 5U);
}

TEST(ConfigTest, EachOfManyPortsMayHaveAMeter) {
    std::string text;
    for (int i = 0; i < 40; ++i)
        text += "[[port]]\ndevice = \"/dev/ttyUSB" + std::to_string(i) + "\"\n";
    EXPECT_EQ(load(text).service.max_meters, 40U);
}

TEST(ConfigTest, AutoGoesTogetherWithNetworkPorts) {
    const auto config = load("[[port]]\n[[port]]\ndevice = \"tcp://pi:2001\"\n");
    EXPECT_EQ(config.ports.size(), 2U);
}

TEST(ConfigTest, TakesSystemdsPasswordWhereTheFileNamesNone) {
    const Folder credentials;
    const auto password = credentials.write("mqtt_password", "secret");
    const auto own = credentials.write("own", "secret");
    ::setenv("CREDENTIALS_DIRECTORY", credentials.path().c_str(), 1);
    EXPECT_EQ(load("[mqtt]\nusername = \"u\"\n").mqtt.password_file, password);
    EXPECT_EQ(
        load("[mqtt]\nusername = \"u\"\npassword_file = \"" + own + "\"\n").mqtt.password_file,
        own);
    EXPECT_EQ(load("").mqtt.password_file, "") << "nobody to whom it belongs";
    ::unsetenv("CREDENTIALS_DIRECTORY");
}

TEST(ConfigTest, ItsWordsAreTheFilesWords) {
    EXPECT_EQ(text(hanport::config::Parity::automatic), "auto");
    EXPECT_EQ(text(hanport::config::Parity::even), "even");
    EXPECT_EQ(text(hanport::config::DiscoveryStyle::off), "off");
}

TEST(ConfigTest, ATariffForAllMetersOrOneForEach) {
    const Folder folder;
    const auto one = load_config(
        folder.write("one.toml", "[tariff]\nlimits_kw = [2.5, 7]\nupper_limit = \"exclusive\"\n"
                                 "method = \"highest_hour\"\n[[port]]\nmax_power_kw = 43.5\n"));
    const auto* tariff = hanport::config::tariff_of(one, "5706567000000042");
    ASSERT_NE(tariff, nullptr);
    EXPECT_EQ(tariff->options.limits, (std::vector<std::int64_t>{2500, 7000}));
    EXPECT_FALSE(tariff->options.inclusive);
    EXPECT_EQ(tariff->options.method, hanport::meter::TariffMethod::highest_hour);
    EXPECT_EQ(one.ports.at(0).max_power, 43'500);
    const auto two = load_config(folder.write(
        "two.toml", "[[tariff]]\nlimits_kw = [1]\n[[tariff]]\nmeter = \"2\"\nlimits_kw = [3]\n"));
    EXPECT_EQ(hanport::config::tariff_of(two, "1")->options.limits.at(0), 1000);
    EXPECT_EQ(hanport::config::tariff_of(two, "2")->options.limits.at(0), 3000);
    const auto none = load_config(folder.write("none.toml", ""));
    EXPECT_EQ(hanport::config::tariff_of(none, "1"), nullptr);
    EXPECT_FALSE(none.ports.at(0).max_power.has_value());
}

} // namespace
