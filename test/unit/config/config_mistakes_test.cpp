// Messages about errors in the configuration: file, line, key, allowed values; all errors are
// reported.
#include "config/config.hpp"
#include "support/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using hanport::config::ConfigError;
using hanport::config::load_config;
using support::Folder;
using testing::MatchesRegex;
using testing::StartsWith;

// The messages about `text`, without the folder's name; empty if there are none.
std::string mistakes(const Folder& folder, const std::string& text) {
    const auto file = folder.write("hanport.toml", text);
    std::string said;
    try {
        (void)load_config(file);
    } catch (const ConfigError& error) {
        said = error.what();
    }
    const std::string place = folder.path("");
    for (auto at = said.find(place); at != std::string::npos; at = said.find(place, at))
        said.erase(at, place.size());
    return said;
}

std::string mistakes(const std::string& text) {
    return mistakes(Folder(), text);
}

constexpr const char* prefix_allowed =
    "; allowed: 1 to 100 characters, no + # or blank, no / at either end, no $ first";
constexpr const char* port_keys =
    "; allowed: device, baud, parity, encryption_key_file, authentication_key_file, max_power_kw, "
    "max_meters, protocol, interval, publish_interval, values, address, meter_id, wake_up, "
    "request, scaling";

TEST(ConfigMistakesTest, OfPorts) {
    constexpr const char* devices = R"(; allowed: "auto", an absolute path, tcp://HOST:PORT)";
    constexpr const char* rates =
        "; allowed: 300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200";
    const std::pair<std::string, std::string> rows[] = {
        {"[[port]]\ndevice = \"ttyUSB0\"", std::string("2: port.device: \"ttyUSB0\"") + devices},
        {"[[port]]\ndevice = \"\"", std::string("2: port.device: \"\"") + devices},
        {"[[port]]\ndevice = \"tcp://pi\"", std::string("2: port.device: \"tcp://pi\"") + devices},
        {"[[port]]\ndevice = \"tcp://pi:0\"",
         std::string("2: port.device: \"tcp://pi:0\"") + devices},
        {"[[port]]\ndevice = \"tcp://pi:65536\"",
         std::string("2: port.device: \"tcp://pi:65536\"") + devices},
        {"[[port]]\ndevice = \"udp://pi:2001\"",
         std::string("2: port.device: \"udp://pi:2001\"") + devices},
        {"[[port]]\ndevice = 0", std::string("2: port.device: is an integer") + devices},
        {"[[port]]\n\nbaud = 2401", std::string("3: port.baud: 2401") + rates},
        {"[[port]]\nbaud = -2400", std::string("2: port.baud: -2400") + rates},
        {"[[port]]\nbaud = \"2400\"", std::string("2: port.baud: is a string") + rates},
        {"[[port]]\nbaud = 2400.0", std::string("2: port.baud: is a number with decimals") + rates},
        {"[[port]]\nparity = \"odd\"", R"(2: port.parity: "odd"; allowed: "auto", "none", "even")"},
        {"[[port]]\nparity = true",
         R"(2: port.parity: is true or false; allowed: "auto", "none", "even")"},
        {"[[port]]\npartiy = \"even\"",
         std::string("2: port.partiy: unknown key, perhaps parity") + port_keys},
        {"[[port]]\nvendor = \"Kaifa\"", std::string("2: port.vendor: unknown key") + port_keys},
        {"[port]\ndevice = \"auto\"",
         "1: port: is a section; allowed: [[port]], once for each port, with keys below"},
        {"port = [1]",
         "1: port: has an integer in it; allowed: [[port]], once for each port, with keys below"},
        {"[[port]]\ndevice = \"/dev/ttyUSB0\"\n[[port]]\nbaud = 2400\ndevice = \"/dev/ttyUSB0\"",
         "5: port.device: \"/dev/ttyUSB0\" is the device of another port; allowed: each device "
         "once"},
        {"[[port]]\ndevice = \"/dev/ttyUSB0\"\n[[port]]\ndevice = \"/dev/../dev/ttyUSB0\"",
         "4: port.device: \"/dev/../dev/ttyUSB0\" is the device of another port; allowed: each "
         "device once"},
        {"[[port]]\n[[port]]",
         "2: port.device: \"auto\" is the device of another port; allowed: each device once"},
        {"[[port]]\n[[port]]\ndevice = \"/dev/ttyUSB0\"",
         "3: port.device: \"/dev/ttyUSB0\" beside \"auto\"; allowed: \"auto\" where it is the only "
         "port that is not tcp://"},
    };
    for (const auto& [text, said] : rows)
        EXPECT_EQ(mistakes(text), "hanport.toml:" + said) << text;
}

TEST(ConfigMistakesTest, OfTheBroker) {
    constexpr const char* urls = "; allowed: mqtt://HOST[:PORT], mqtts://HOST[:PORT] (TLS)";
    const std::pair<std::string, std::string> rows[] = {
        {"[mqtt]\nurl = \"http://pi\"", std::string("2: mqtt.url: \"http://pi\"") + urls},
        {"[mqtt]\nurl = \"pi:1883\"", std::string("2: mqtt.url: \"pi:1883\"") + urls},
        {"[mqtt]\nurl = \"mqtt://\"", std::string("2: mqtt.url: \"mqtt://\"") + urls},
        {"[mqtt]\nurl = \"mqtt://pi:mqtt\"", std::string("2: mqtt.url: \"mqtt://pi:mqtt\"") + urls},
        {"[mqtt]\nurl = \"mqtt://pi/topic\"",
         std::string("2: mqtt.url: \"mqtt://pi/topic\"") + urls},
        {"[mqtt]\nurl = \"mqtt://me:secret@pi\"",
         std::string("2: mqtt.url: has a user in it, who belongs to mqtt.username and "
                     "mqtt.password_file") +
             urls},
        {"[mqtt]\nclient_id = \"a/b\"",
         "2: mqtt.client_id: \"a/b\"; allowed: 1 to 100 of letters, digits, - _ ."},
        {"[mqtt]\nclient_id = \"\"",
         "2: mqtt.client_id: \"\"; allowed: 1 to 100 of letters, digits, - _ ."},
        {"[mqtt]\nusername = \"a\\nb\"",
         "2: mqtt.username: \"a?b\"; allowed: printable characters"},
        {"[mqtt]\nprefix = \"han/#\"", std::string("2: mqtt.prefix: \"han/#\"") + prefix_allowed},
        {"[mqtt]\nprefix = \"/han\"", std::string("2: mqtt.prefix: \"/han\"") + prefix_allowed},
        {"[mqtt]\nprefix = \"$SYS\"", std::string("2: mqtt.prefix: \"$SYS\"") + prefix_allowed},
        {"[mqtt]\nprotocol = 5", R"(2: mqtt.protocol: is an integer; allowed: "5", "3.1.1")"},
        {"[mqtt]\nprotocol = \"3.1\"", R"(2: mqtt.protocol: "3.1"; allowed: "5", "3.1.1")"},
        {"[mqtt]\ninsecure = \"true\"", "2: mqtt.insecure: is a string; allowed: true, false"},
        {"[mqtt]\npassword = \"secret\"",
         "2: mqtt.password: unknown key, perhaps password_file; allowed: url, client_id, username, "
         "password_file, prefix, "
         "protocol, ca_file, certificate_file, key_file, insecure"},
        {"[[mqtt]]\nurl = \"mqtt://pi\"",
         "1: mqtt: is a list; allowed: [mqtt] once, with keys below"},
        {"mqtt = \"mqtt://pi\"", "1: mqtt: is a string; allowed: [mqtt] once, with keys below"},
        {"[mqtt]\npassword_file = \"full\"",
         "2: mqtt.password_file: stands without username; allowed: both or neither"},
        {"[mqtt]\nurl = \"mqtts://pi\"\nkey_file = \"full\"",
         "3: mqtt.key_file: stands without certificate_file; allowed: both or neither"},
        {"[mqtt]\nurl = \"mqtts://pi\"\ncertificate_file = \"full\"",
         "3: mqtt.certificate_file: stands without key_file; allowed: both or neither"},
        {"[mqtt]\nca_file = \"full\"",
         "2: mqtt.ca_file: is for TLS, and mqtt.url is not; allowed: with mqtts:// only"},
    };
    const Folder folder;
    folder.write("full", "something");
    for (const auto& [text, said] : rows)
        EXPECT_EQ(mistakes(folder, text), "hanport.toml:" + said) << text;
}

TEST(ConfigMistakesTest, OfTheOtherSections) {
    const std::pair<std::string, std::string> rows[] = {
        {"[home_assistant]\ndiscovery = \"on\"",
         R"(2: home_assistant.discovery: "on"; allowed: "device", "single", "off")"},
        {"[home_assistant]\ndiscovery = false",
         R"(2: home_assistant.discovery: is true or false; allowed: "device", "single", "off")"},
        {"[home_assistant]\nprefix = \"\"",
         std::string("2: home_assistant.prefix: \"\"") + prefix_allowed},
        {"[home_assistant]\nreactive_energy_class = 1",
         "2: home_assistant.reactive_energy_class: is an integer; allowed: true, false"},
        {"[homeassistant]",
         "1: homeassistant: unknown section, perhaps home_assistant; allowed: port, mqtt, "
         "home_assistant, tariff, service"},
        {"[tarif]", "1: tarif: unknown section, perhaps tariff; allowed: port, mqtt, "
                    "home_assistant, tariff, service"},
        {"url = \"mqtt://pi\"",
         "1: url: unknown key; allowed: port, mqtt, home_assistant, tariff, service"},
        {"[service]\nlog_level = \"warn\"",
         "2: service.log_level: \"warn\"; allowed: \"trace\", \"debug\", \"info\", \"warning\", "
         "\"error\""},
        {"[service]\nlog_level = 2026-11-20",
         "2: service.log_level: is a date or time; allowed: \"trace\", \"debug\", \"info\", "
         "\"warning\", \"error\""},
        {"[service]\nstate_directory = \"\"",
         "2: service.state_directory: \"\"; allowed: the path of a file, relative to this one or "
         "absolute"},
        {"[service]\nstate_dir = \"/tmp\"", "2: service.state_dir: unknown key, perhaps "
                                            "state_directory; allowed: state_directory, log_level, "
                                            "max_meters"},
        {"[service]\nmax_meters = 0", "2: service.max_meters: 0; allowed: 1 to 1000"},
        {"[[port]]\nmax_meters = 1001", "2: port.max_meters: 1001; allowed: 1 to 1000"},
        {"[[port]]\nmax_meters = \"8\"", "2: port.max_meters: is a string; allowed: 1 to 1000"},
        {"[[port]]\ndevice = \"/a\"\n[[port]]\ndevice = \"/b\"\n[service]\nmax_meters = 1",
         "6: service.max_meters: 1 is less than the number of ports; allowed: 2 to 1000"},
    };
    for (const auto& [text, said] : rows)
        EXPECT_EQ(mistakes(text), "hanport.toml:" + said) << text;
}

TEST(ConfigMistakesTest, OfTariffs) {
    constexpr const char* ladder =
        "; allowed: a list of kW, each more than the one before: [2, 5, 10]";
    constexpr const char* power = "; allowed: kW, more than 0 and up to 10000";
    const std::pair<std::string, std::string> rows[] = {
        {"[tariff]\nlimits_kw = 5", std::string("2: tariff.limits_kw: is an integer") + ladder},
        {"[tariff]\nlimits_kw = []", std::string("2: tariff.limits_kw: is empty") + ladder},
        {"[tariff]\nlimits_kw = [2, 5, 5]",
         std::string("2: tariff.limits_kw: value 3 is not more than the one before") + ladder},
        {"[tariff]\nlimits_kw = [2, \"5\"]",
         std::string("2: tariff.limits_kw: value 2 is no power") + ladder},
        {"[tariff]\nupper_limit = \"included\"",
         R"(2: tariff.upper_limit: "included"; allowed: "inclusive", "exclusive")"},
        {"[tariff]\nmethod = \"mean\"",
         R"(2: tariff.method: "mean"; allowed: "three_days", "highest_hour")"},
        {"[tariff]\ntime_zone = \"Oslo\"",
         R"(2: tariff.time_zone: "Oslo"; allowed: "Europe/Oslo", "Europe/Stockholm", )"
         R"("Europe/Copenhagen", "Europe/Berlin", "Europe/Zurich", "Europe/Helsinki", "UTC")"},
        {"[tariff]\nlimits = [2]",
         "2: tariff.limits: unknown key, perhaps limits_kw; allowed: meter, limits_kw, "
         "upper_limit, method, time_zone"},
        {"tariff = 5", "1: tariff: is an integer; allowed: [tariff], or [[tariff]] once for each "
                       "meter"},
        {"[[tariff]]\nmeter = \"1\"\n[[tariff]]\nmeter = \"1\"",
         "4: tariff.meter: \"1\" has a section already; allowed: each meter once, and one section "
         "without meter"},
        {"[[port]]\nmax_power_kw = 0",
         std::string("2: port.max_power_kw: is out of range") + power},
        {"[[port]]\nmax_power_kw = \"25\"",
         std::string("2: port.max_power_kw: is a string") + power},
    };
    for (const auto& [text, said] : rows)
        EXPECT_EQ(mistakes(text), "hanport.toml:" + said) << text;
}

TEST(ConfigMistakesTest, OfFilesThatItNames) {
    const Folder folder;
    folder.write("empty", "");
    folder.write("short", "0011");
    folder.write("words", "no key at all");
    folder.write("long", "00112233445566778899AABBCCDDEEFF00");
    folder.write("good", "00112233445566778899AABBCCDDEEFF");
    const std::pair<std::string, std::string> rows[] = {
        {"[mqtt]\nusername = \"u\"\npassword_file = \"none\"",
         "3: mqtt.password_file: none cannot be read: No such file or directory"},
        {"[mqtt]\nusername = \"u\"\npassword_file = \"empty\"",
         "3: mqtt.password_file: empty is empty"},
        {"[mqtt]\nusername = \"u\"\npassword_file = \"\"",
         "3: mqtt.password_file: \"\"; allowed: the path of a file, relative to this one or "
         "absolute"},
        {"[mqtt]\nurl = \"mqtts://pi\"\nca_file = \".\"",
         "3: mqtt.ca_file: . cannot be read: Is a directory"},
        {"[[port]]\nencryption_key_file = \"none\"",
         "2: port.encryption_key_file: none cannot be read: No such file or directory"},
        {"[[port]]\nencryption_key_file = \"short\"",
         "2: port.encryption_key_file: short is not 32 hex digits (16 bytes)"},
        {"[[port]]\nencryption_key_file = \"words\"",
         "2: port.encryption_key_file: words is not 32 hex digits (16 bytes)"},
        {"[[port]]\nencryption_key_file = \"good\"\nauthentication_key_file = \"long\"",
         "3: port.authentication_key_file: long is not 32 hex digits (16 bytes)"},
        {"[[port]]\nauthentication_key_file = \"good\"",
         "2: port.authentication_key_file: stands without encryption_key_file; allowed: both, or "
         "encryption_key_file alone"},
    };
    for (const auto& [text, said] : rows)
        EXPECT_EQ(mistakes(folder, text), "hanport.toml:" + said) << text;
}

TEST(ConfigMistakesTest, OfSyntaxHaveTheirLine) {
    for (const auto& [text, line] : std::initializer_list<std::pair<std::string, std::string>>{
             {"[[port]]\ndevice = auto", "2"},
             {"[mqtt]\n\nurl = \"mqtt://pi", "3"},
             {"[mqtt\n", "1"},
             {"[mqtt]\nurl = \"mqtt://a\"\nurl = \"mqtt://b\"", "3"},
             {"[service]\nlog_level = \"\xFF\"", "2"}}) {
        const auto said = mistakes(text);
        EXPECT_THAT(said, StartsWith("hanport.toml:" + line + ": ")) << text;
        EXPECT_EQ(said.find('\n'), std::string::npos) << said;
    }
}

TEST(ConfigMistakesTest, AllAreToldInTheOrderOfTheirLines) {
    EXPECT_EQ(mistakes("[service]\nlog_level = 1\n[[port]]\nbaud = 1\nsparity = \"x\"\n[mqtt]\n"
                       "insecure = 0\nprefix = \"#\"\n[mqt]\n"),
              "hanport.toml:2: service.log_level: is an integer; allowed: \"trace\", \"debug\", "
              "\"info\", \"warning\", \"error\"\n"
              "hanport.toml:4: port.baud: 1; allowed: 300, 600, 1200, 2400, 4800, 9600, 19200, "
              "38400, 57600, 115200\n"
              "hanport.toml:5: port.sparity: unknown key, perhaps parity" +
                  std::string(port_keys) +
                  "\nhanport.toml:7: mqtt.insecure: is an integer; allowed: true, false\n"
                  "hanport.toml:8: mqtt.prefix: \"#\"" +
                  prefix_allowed +
                  "\nhanport.toml:9: mqt: unknown section, perhaps mqtt; allowed: port, mqtt, "
                  "home_assistant, tariff, service");
}

TEST(ConfigMistakesTest, AFileThatCannotBeRead) {
    const Folder folder;
    EXPECT_THAT([&] { (void)load_config(folder.path("none.toml")); },
                testing::ThrowsMessage<ConfigError>(folder.path("none.toml") +
                                                    ": cannot be read: No such file or directory"));
    EXPECT_THAT(
        [&] { (void)load_config(folder.path("")); },
        testing::ThrowsMessage<ConfigError>(MatchesRegex(".*: cannot be read: Is a directory")));
}

} // namespace
