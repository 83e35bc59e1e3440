// Heat and water meters, which have to be asked: what Home Assistant is told of them, and their
// state. Classes and units are typed from its documentation.
#include "mqtt/discovery.hpp"
#include "mqtt/state.hpp"
#include "unit/mqtt/snapshots.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using han::cosem::Kind;
using han::cosem::Unit;
using hanport::Json;
using hanport::LatestValue;
using hanport::Snapshot;
using snapshots::received;

LatestValue of_kind(Kind kind, LatestValue value) {
    value.kind = kind;
    return value;
}

Snapshot water() {
    return {.meter_id = "66123456",
            .manufacturer = "Kamstrup",
            .is_asked = true,
            .lifetime = 7260s,
            .values = {
                {"volume", of_kind(Kind::volume, snapshots::value(123456, -3, Unit::cubic_metre))},
                {"flow", of_kind(Kind::flow, snapshots::value(12, -3, Unit::cubic_metre_per_hour))},
                {"info_code", of_kind(Kind::number, snapshots::value(0, 0, Unit::none))},
            }};
}

Snapshot heat() {
    Snapshot snapshot = water();
    snapshot.values["heat_energy"] =
        of_kind(Kind::heat_energy, snapshots::value(4444, 7, Unit::joule)); // 44.44 GJ
    snapshot.values["temperature_difference"] =
        of_kind(Kind::temperature_difference, snapshots::value(4056, -2, Unit::kelvin));
    snapshot.values["pressure"] = of_kind(Kind::pressure, snapshots::value(45, -1, Unit::bar));
    snapshot.values["operating_hours"] =
        of_kind(Kind::duration, snapshots::value(12345, 0, Unit::hour));
    snapshot.values["mass"] = of_kind(Kind::mass, snapshots::value(12, 3, Unit::kilogram));
    return snapshot;
}

Json device_of(const Snapshot& snapshot) {
    const hanport::Topics topics{.client_id = "pi"};
    return Json::parse(
        device_message(topics, snapshot, {}, components(topics, snapshot, {})).payload);
}

// Causes are of what is pushed; a meter that is asked tells by its port's state.
TEST(AskedDiscovery, HasNoProblemAndNoCause) {
    const Json components = device_of(water()).at("components");
    EXPECT_FALSE(components.contains("problem"));
    EXPECT_FALSE(components.contains("cause"));
    EXPECT_TRUE(components.contains("port_state"));
}

TEST(AskedDiscovery, ClassesUnitsAndDecimalsAreThoseOfTheQuantity) {
    struct Row {
        const char* name;
        Json device_class;
        Json state_class;
        Json unit;
        int decimals;
        Json expires;
    };
    const Row rows[] = {
        {"heat_energy", "energy", "total", "GJ", 2, {}},
        {"volume", "volume", "total", "m³", 3, {}},
        {"flow", "volume_flow_rate", "measurement", "m³/h", 3, 7260},
        {"temperature_difference", {}, "measurement", "K", 2, 7260},
        {"pressure", "pressure", "measurement", "bar", 1, 7260},
        {"operating_hours", "duration", "total", "h", 0, {}},
        {"mass", {}, "total", "kg", 0, {}},
        {"info_code", {}, {}, {}, 0, 7260},
    };
    const Json device = device_of(heat());
    EXPECT_EQ(device["device"]["name"], "Heat meter");
    for (const Row& row : rows) {
        const Json config = device["components"].value(row.name, Json::object());
        EXPECT_EQ(config.value("device_class", Json()), row.device_class) << row.name;
        EXPECT_EQ(config.value("state_class", Json()), row.state_class) << row.name;
        EXPECT_EQ(config.value("unit_of_measurement", Json()), row.unit) << row.name;
        EXPECT_EQ(config.value("suggested_display_precision", -1), row.decimals) << row.name;
        EXPECT_EQ(config.value("expire_after", Json()), row.expires) << row.name;
    }
}

// The dashboard takes water only of this class.
TEST(AskedDiscovery, WhatAWaterMeterCountsIsWater) {
    const Json device = device_of(water());
    EXPECT_EQ(device["device"]["name"], "Water meter");
    EXPECT_EQ(device["components"]["volume"]["device_class"], "water");
    EXPECT_EQ(device["components"]["last_list"]["state_topic"], "hanport/66123456/list/readout");
    EXPECT_FALSE(device["components"].contains("list_id"));
}

TEST(AskedState, EnergyIsInGigajoulesAndLiveValuesLastAsLongAsTheyAreAskedFor) {
    EXPECT_EQ(state_json(heat(), received + 7260s),
              R"({"flow":0.012,"heat_energy":44.44,"info_code":0,"mass":12000,)"
              R"("operating_hours":12345,"pressure":4.5,"temperature_difference":40.56,)"
              R"("volume":123.456})");
    EXPECT_EQ(state_json(heat(), received + 7261s),
              R"({"flow":null,"heat_energy":44.44,"info_code":null,"mass":12000,)"
              R"("operating_hours":12345,"pressure":null,"temperature_difference":null,)"
              R"("volume":123.456})");
}

} // namespace
