// Discovery messages: topics, payloads of a device and of a single entity, their size.
#include "homeassistant/discovery.hpp"
#include "unit/homeassistant/discovery_configs.hpp"
#include "unit/meter/snapshots.hpp"

#include <gtest/gtest.h>

namespace {

using namespace discovery_configs;
using hanport::homeassistant::Component;
using hanport::homeassistant::components;
using hanport::homeassistant::Json;
using hanport::meter::Snapshot;
using hanport::mqtt::Message;
using hanport::mqtt::Qos;
using hanport::mqtt::Retain;

Json device_payload(const Snapshot& snapshot) {
    return Json::parse(hanport::homeassistant::device_message(topics, snapshot, options,
                                                              components(topics, snapshot, options))
                           .payload);
}

const Json both_topics = Json::array({{{"topic", "hanport/reader/hanport-pi/status"}},
                                      {{"topic", "hanport/5706567000000456/availability"}}});
const Json kamstrup_device{{"identifiers", Json::array({"hanport_5706567000000456"})},
                           {"name", "Electricity meter"},
                           {"manufacturer", "Kamstrup"},
                           {"model", "6841131BN200000002"},
                           {"serial_number", "5706567000000456"}};
const Json our_origin{{"name", "hanport"}, {"sw_version", "0.1.0"}};

TEST(Discovery, ADevicesPayloadHasAllOfIt) {
    const Snapshot meter = snapshots::kamstrup();
    const auto all = components(topics, meter, options);
    const Message message = hanport::homeassistant::device_message(topics, meter, options, all);
    EXPECT_EQ(message.topic, "homeassistant/device/hanport_5706567000000456/config");
    EXPECT_EQ(message.qos, Qos::at_least_once);
    EXPECT_EQ(message.retain, Retain::yes);
    const Json payload = Json::parse(message.payload);
    EXPECT_EQ(payload["device"], kamstrup_device);
    EXPECT_EQ(payload["origin"], our_origin);
    EXPECT_EQ(payload["state_topic"], "hanport/5706567000000456/state");
    EXPECT_EQ(payload["availability"], both_topics);
    EXPECT_EQ(payload["availability_mode"], "all");
    ASSERT_EQ(payload["components"].size(), all.size());
    for (const Component& component : all)
        EXPECT_EQ(payload["components"][component.key], component.config);
    EXPECT_EQ(payload.size(), 6U);
}

TEST(Discovery, ASinglePayloadHasAllOfIt) {
    const Snapshot meter = snapshots::kamstrup();
    const Message message = hanport::homeassistant::single_message(
        topics, meter, options, {"active_power_import", config_of(meter, "active_power_import")});
    EXPECT_EQ(message.topic,
              "homeassistant/sensor/hanport_5706567000000456/active_power_import/config");
    EXPECT_EQ(message.qos, Qos::at_least_once);
    EXPECT_EQ(message.retain, Retain::yes);
    const Json wanted{
        {"state_topic", "hanport/5706567000000456/state"},
        {"availability", both_topics},
        {"availability_mode", "all"},
        {"unique_id", "hanport_5706567000000456_active_power_import"},
        {"default_entity_id", "sensor.hanport_000456_power_import"},
        {"name", "Power import"},
        {"device_class", "power"},
        {"state_class", "measurement"},
        {"unit_of_measurement", "W"},
        {"suggested_display_precision", 0},
        {"value_template", "{{ value_json.active_power_import }}"},
        {"expire_after", 60},
        {"device", kamstrup_device},
        {"origin", our_origin},
    };
    EXPECT_EQ(nlohmann::json(Json::parse(message.payload)), nlohmann::json(wanted));
}

TEST(Discovery, UnknownMakerAndTypeAreLeftOut) {
    Snapshot snapshot = snapshots::kaifa();
    snapshot.manufacturer.clear();
    snapshot.meter_type.clear();
    const Json device = device_payload(snapshot)["device"];
    EXPECT_FALSE(device.contains("manufacturer"));
    EXPECT_FALSE(device.contains("model"));
    EXPECT_EQ(device["serial_number"], "6970631400000123");
}

TEST(Discovery, TextsThatAreNoUtf8DoNotBreakIt) {
    Snapshot snapshot = snapshots::kaifa();
    snapshot.meter_type = "M\xE5ler";
    EXPECT_EQ(device_payload(snapshot)["device"]["model"], "M\xEF\xBF\xBDler");
}

TEST(Discovery, EvenAMeterWithEveryQuantityStaysBelow64Kilobytes) {
    Snapshot snapshot{.meter_id = "5706567000000456", .list_id = "x"};
    for (const han::cosem::Quantity* row : han::cosem::quantity_index)
        if (row != nullptr)
            snapshot.values[std::string(row->name)] = snapshots::value(1, 0, row->unit);
    EXPECT_EQ(keys_of(snapshot).size(), snapshot.values.size() + 12);
    EXPECT_LT(device_payload(snapshot).dump().size(), 64U * 1024U);
}

} // namespace
