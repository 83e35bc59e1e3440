// The keys of ports with polled meters, and the messages about errors in them.
#include "config/config.hpp"
#include "support/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using hanport::config::Protocol;
using testing::ElementsAre;
using testing::HasSubstr;

hanport::config::Config load(const std::string& port) {
    const support::Folder folder;
    return hanport::config::load_config(folder.write("hanport.toml", "[[port]]\n" + port));
}

std::string mistake(const std::string& port) {
    try {
        (void)load(port);
    } catch (const hanport::config::ConfigError& error) {
        const std::string text = error.what();
        return text.substr(text.find("hanport.toml:") + 13);
    }
    return "none";
}

TEST(ConfigPull, DefaultsFollowFromTheProtocol) {
    const auto han = load("").ports.at(0);
    EXPECT_EQ(han.protocol, Protocol::han);
    EXPECT_EQ(han.baud, 2400U);
    const auto kmp = load("protocol = \"kmp\"").ports.at(0);
    EXPECT_EQ(kmp.protocol, Protocol::kmp);
    EXPECT_EQ(kmp.baud, 1200U);
    EXPECT_EQ(kmp.pull.interval, 1h);
    EXPECT_EQ(kmp.pull.publish_interval, 1h);
    EXPECT_TRUE(kmp.pull.values.empty());
    const auto iec = load("protocol = \"iec62056-21\"\ninterval = 900").ports.at(0);
    EXPECT_EQ(iec.protocol, Protocol::iec62056);
    EXPECT_EQ(iec.baud, 300U);
    EXPECT_EQ(iec.pull.publish_interval, 15min) << "as it is read";
    EXPECT_EQ(load("protocol = \"kmp\"\nbaud = 9600").ports.at(0).baud, 9600U);
}

TEST(ConfigPull, ValuesHaveCodesNamesAndTypes) {
    const auto port = load("protocol = \"kmp\"\nvalues = [\"volume\", 60, \"0x56\", "
                           "{ code = \"power\", name = \"boiler\", type = \"power\" }, "
                           "{ code = 112, type = \"text\" }]\n")
                          .ports.at(0);
    using polled::Choice;
    EXPECT_THAT(port.pull.values,
                ElementsAre(Choice{.code = "68", .name = ""}, Choice{.code = "60", .name = ""},
                            Choice{.code = "86", .name = ""},
                            Choice{.code = "80",
                                   .name = "boiler",
                                   .kind = han::cosem::QuantityKind::active_power,
                                   .has_type = true},
                            Choice{.code = "112", .name = "", .has_type = true}));
}

TEST(ConfigPull, ScalingReplacesSingleFields) {
    const auto port = load("protocol = \"iec62056-21\"\nrequest = \"/#1\"\nmeter_id = \"cellar\"\n"
                           "scaling = { heat_energy = \"0.001 MWh\", flow = \"1 l/h\" }")
                          .ports.at(0);
    auto expected = iec62056::default_scaling();
    expected[0] = {.unit = han::cosem::Unit::watt_hour, .exponent = 3};
    EXPECT_EQ(port.pull.scaling, expected);
    EXPECT_TRUE(port.pull.short_readout);
    EXPECT_EQ(port.pull.meter_id, "cellar");
}

TEST(ConfigPull, MistakesAreToldWithTheirPlaceAndRemedy) {
    const std::pair<std::string, std::string> rows[] = {
        {"protocol = \"mbus\"",
         R"(2: port.protocol: "mbus"; allowed: "han", "kmp", "iec62056-21")"},
        {"interval = 900",
         R"(2: port.interval: is not for protocol = "han"; allowed: with protocol = "kmp" or "iec62056-21")"},
        {"protocol = \"kmp\"\nparity = \"even\"",
         R"(3: port.parity: is not for protocol = "kmp"; allowed: with protocol = "han")"},
        {"protocol = \"kmp\"\naddress = \"1\"",
         R"(3: port.address: is not for protocol = "kmp"; allowed: with protocol = "iec62056-21")"},
        {"protocol = \"kmp\"\ninterval = 0",
         "3: port.interval: 0; allowed: 1 to 2678400 s (a month)"},
        {"protocol = \"kmp\"\ninterval = \"1h\"",
         "3: port.interval: is a string; allowed: 1 to 2678400 s (a month)"},
        {"protocol = \"kmp\"\ninterval = 900\npublish_interval = 60",
         "4: port.publish_interval: 60 s is shorter than interval; allowed: 900 s or more"},
        {"protocol = \"kmp\"\nvalues = [\"volum\"]",
         R"(3: port.values: "volum" is no register, perhaps volume; allowed: 0 to 65535, 0x…, or a name as heat_energy, volume)"},
        {"protocol = \"kmp\"\nvalues = []",
         R"(3: port.values: is empty; allowed: a list of codes or names, or of { code = "…", name = "…", type = "…" })"},
        {"protocol = \"kmp\"\nvalues = [{ name = \"x\" }]",
         R"(3: port.values: has no code; allowed: a list of codes or names, or of { code = "…", name = "…", type = "…" })"},
        {"protocol = \"kmp\"\nvalues = [{ code = 60, name = \"Energy!\" }]",
         R"(3: port.values.name: "Energy!"; allowed: 1 to 32 of a–z, 0–9, _)"},
        {"protocol = \"kmp\"\nvalues = [{ code = 60, unit = \"kWh\" }]",
         "3: port.values.unit: unknown key; allowed: code, name, type"},
        {"protocol = \"iec62056-21\"\ndevice = \"tcp://pi:2001\"",
         R"(3: port.device: "tcp://pi:2001" cannot change its speed, as iec62056-21 does; allowed: a serial line)"},
        {"protocol = \"iec62056-21\"\nscaling = { volume = \"0.1 m3\" }",
         R"(3: port.scaling: stands without request = "/#1", whose values alone have no units; allowed: both or neither)"},
        {"protocol = \"iec62056-21\"\nrequest = \"/#1\"\nscaling = { volume = \"3 m3\" }",
         R"(4: port.scaling.volume: "3 m3"; allowed: a power of ten and a unit, "0.01 GJ", "1 l/h")"},
        {"protocol = \"iec62056-21\"\nrequest = \"/#2\"",
         R"(3: port.request: "/#2"; allowed: "/?!", "/#1")"},
        {"protocol = \"iec62056-21\"\nrequest = \"/#1\"\nwake_up = true",
         R"(4: port.wake_up: is not for request = "/#1"; allowed: with request = "/?!")"},
    };
    for (const auto& [port, expected] : rows)
        EXPECT_EQ(mistake(port), expected) << port;
    EXPECT_THAT(
        mistake("protocol = \"iec62056-21\"\nrequest = \"/#1\"\nscaling = { heat = \"1 GJ\" }"),
        HasSubstr("4: port.scaling.heat: unknown field; allowed: heat_energy, volume"));
    EXPECT_THAT(mistake("protocol = \"kmp\"\nvalues = [{ code = 60, type = \"joules\" }]"),
                HasSubstr(R"(port.values.type: "joules"; allowed: "energy", )"));
}

// Any polled meter may be one that does not send its number.
TEST(ConfigPull, AMeterMayBeCalledSomethingByAnyProtocol) {
    for (const char* const protocol : {"kmp", "iec62056-21"})
        EXPECT_EQ(load("protocol = \"" + std::string(protocol) + "\"\nmeter_id = \"cellar\"\n")
                      .ports.at(0)
                      .pull.meter_id,
                  "cellar");
}

} // namespace
