// The fields of discovery messages, typed from Home Assistant's documentation.
#include "support/daemon.hpp"
#include "support/meter_feed.hpp"
#include "support/witness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace {

using nlohmann::json;
using support::Daemon;
using support::MeterFeed;
using support::Mosquitto;
using support::Received;
using support::Witness;
using testing::IsEmpty;

struct Field {
    const char* key;
    const char* name;
    const char* device_class;
    const char* state_class;
    const char* unit;
    int least_decimals, most_decimals;
    bool expires;
};

constexpr std::array fields{
    Field{"active_power_import", "Power import", "power", "measurement", "W", 0, 0, true},
    Field{"active_power_export", "Power export", "power", "measurement", "W", 0, 0, true},
    Field{"reactive_power_import", "Reactive power import", "reactive_power", "measurement", "var",
          0, 0, true},
    Field{"reactive_power_export", "Reactive power export", "reactive_power", "measurement", "var",
          0, 0, true},
    Field{"current_l1", "Current L1", "current", "measurement", "A", 2, 2, true},
    Field{"current_l2", "Current L2", "current", "measurement", "A", 2, 2, true},
    Field{"current_l3", "Current L3", "current", "measurement", "A", 2, 2, true},
    Field{"voltage_l1", "Voltage L1", "voltage", "measurement", "V", 0, 1, true},
    Field{"voltage_l2", "Voltage L2", "voltage", "measurement", "V", 0, 1, true},
    Field{"voltage_l3", "Voltage L3", "voltage", "measurement", "V", 0, 1, true},
    Field{"active_energy_import", "Energy import", "energy", "total", "kWh", 2, 3, false},
    Field{"active_energy_export", "Energy export", "energy", "total", "kWh", 2, 3, false},
    Field{"active_energy_import_live", "Energy import live", "energy", "total", "kWh", 3, 3, false},
    Field{"active_energy_export_live", "Energy export live", "energy", "total", "kWh", 3, 3, false},
    Field{"reactive_energy_import", "Reactive energy import", "reactive_energy", "total", "kvarh",
          2, 3, false},
    Field{"reactive_energy_export", "Reactive energy export", "reactive_energy", "total", "kvarh",
          2, 3, false},
    Field{"active_power_import_l1", "Power import L1", "power", "measurement", "W", 0, 0, true},
    Field{"active_power_import_l2", "Power import L2", "power", "measurement", "W", 0, 0, true},
    Field{"active_power_import_l3", "Power import L3", "power", "measurement", "W", 0, 0, true},
    Field{"active_power_export_l1", "Power export L1", "power", "measurement", "W", 0, 0, true},
    Field{"active_power_export_l2", "Power export L2", "power", "measurement", "W", 0, 0, true},
    Field{"active_power_export_l3", "Power export L3", "power", "measurement", "W", 0, 0, true},
    Field{"active_energy_import_l1", "Energy import L1", "energy", "total", "kWh", 2, 3, false},
    Field{"active_energy_export_l1", "Energy export L1", "energy", "total", "kWh", 2, 3, false},
    Field{"active_energy_import_l2", "Energy import L2", "energy", "total", "kWh", 2, 3, false},
    Field{"active_energy_export_l2", "Energy export L2", "energy", "total", "kWh", 2, 3, false},
    Field{"active_energy_import_l3", "Energy import L3", "energy", "total", "kWh", 2, 3, false},
    Field{"active_energy_export_l3", "Energy export L3", "energy", "total", "kWh", 2, 3, false},
    Field{"power_factor", "Power factor", "power_factor", "measurement", "", 2, 2, true},
    Field{"power_factor_l1", "Power factor L1", "power_factor", "measurement", "", 2, 2, true},
    Field{"power_factor_l2", "Power factor L2", "power_factor", "measurement", "", 2, 2, true},
    Field{"power_factor_l3", "Power factor L3", "power_factor", "measurement", "", 2, 2, true},
};

void expect_field(const json& component, const Field& field, const std::string& id) {
    SCOPED_TRACE(field.key);
    EXPECT_EQ(component.at("platform"), "sensor");
    EXPECT_EQ(component.at("unique_id"), "hanport_" + id + "_" + field.key);
    EXPECT_TRUE(
        component.at("default_entity_id").get<std::string>().starts_with("sensor.hanport_"));
    EXPECT_EQ(component.at("name"), field.name);
    EXPECT_EQ(component.at("device_class"), field.device_class);
    EXPECT_EQ(component.at("state_class"), field.state_class);
    EXPECT_EQ(component.value("unit_of_measurement", ""), field.unit);
    EXPECT_GE(component.at("suggested_display_precision"), field.least_decimals);
    EXPECT_LE(component.at("suggested_display_precision"), field.most_decimals);
    EXPECT_EQ(component.at("value_template"), "{{ value_json." + std::string(field.key) + " }}");
    EXPECT_EQ(component.contains("expire_after"), field.expires);
    EXPECT_EQ(component.value("expire_after", 60), 60);
    EXPECT_FALSE(component.contains("entity_category"));
}

class DaemonDiscovery : public testing::TestWithParam<const char*> {};

TEST_P(DaemonDiscovery, HasTheFieldsOfTheDocumentation) {
    const std::string model = GetParam();
    Mosquitto broker;
    broker.start();
    MeterFeed meter(model);
    Daemon daemon({.device = meter.pty->path(), .url = broker.url()});
    Witness witness(broker);
    daemon.start_and_wait();
    const json hourly = meter.send("hourly");
    const bool is_always_hourly = model == "kaifa-se" || model == "kamstrup-dk";
    const json live = meter.send(is_always_hourly ? "hourly" : "live");
    const std::string id = live.at("meter_id");
    const std::string topic = "homeassistant/device/hanport_" + id + "/config";
    ASSERT_TRUE(witness.until([&] { return witness.count(topic) > 0; }));
    const json config = witness.last(topic);
    const auto message = std::ranges::find(witness.all, topic, &Received::topic);
    EXPECT_EQ(message->qos, 1);

    const json device = config.at("device");
    EXPECT_EQ(device.at("identifiers"), json({"hanport_" + id}));
    EXPECT_EQ(device.at("serial_number"), id);
    EXPECT_EQ(device.at("manufacturer"), live.at("manufacturer"));
    EXPECT_EQ(device.value("model", json()), live.at("meter_type")) << "left out where not told";
    EXPECT_EQ(config.at("origin").at("name"), "hanport");
    EXPECT_TRUE(config.at("origin").contains("sw_version"));
    EXPECT_EQ(config.at("state_topic"), "hanport/" + id + "/state");
    EXPECT_EQ(config.at("availability_mode"), "all");
    EXPECT_EQ(config.at("availability"), json({{{"topic", "hanport/reader/pi/status"}},
                                               {{"topic", "hanport/" + id + "/availability"}}}));

    // Exactly the quantities that it sends and measures, and the diagnostics.
    std::set<std::string> sent;
    for (const json& list : {hourly, live})
        for (const json& value : list.at("values"))
            if (value.at("value").is_number())
                sent.insert(value.at("name").get<std::string>());
    if (sent.contains("active_energy_import"))
        sent.insert("active_energy_import_live");
    if (sent.contains("active_energy_export"))
        sent.insert("active_energy_export_live");
    if (model == "kaifa-3p-it") {
        EXPECT_EQ(sent.erase("voltage_l2"), 1U) << "three wires: sent as 0";
    }
    std::set<std::string> announced;
    const json& components = config.at("components");
    for (const auto& [key, component] : components.items())
        if (!component.contains("entity_category"))
            announced.insert(key);
        else
            EXPECT_EQ(component.at("entity_category"), "diagnostic");
    EXPECT_EQ(announced, sent);
    for (const Field& field : fields)
        if (announced.erase(field.key) > 0)
            expect_field(components.at(field.key), field, id);
    EXPECT_THAT(announced, IsEmpty()) << "the table has them all";
    EXPECT_EQ(components.at("voltage_l1").at("suggested_display_precision"),
              model.starts_with("kamstrup") ? 0 : 1);
    for (const char* counter : {"frames_ok", "frames_refused", "bytes"})
        EXPECT_EQ(components.at(counter).at("enabled_by_default"), false) << counter;
    EXPECT_EQ(witness.last("/state").contains("voltage_l2"), sent.contains("voltage_l2"));
}

INSTANTIATE_TEST_SUITE_P(Models, DaemonDiscovery,
                         testing::Values("kamstrup-3p4q", "kamstrup-3p4q-old", "kaifa-3p",
                                         "kaifa-3p-it", "kaifa-1p", "aidon-3p", "aidon-3p-it",
                                         "aidon-1p", "kamstrup-1p1q", "landisgyr-3p", "kaifa-se",
                                         "kamstrup-dk"),
                         [](const auto& test) {
                             std::string name = test.param;
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

} // namespace
