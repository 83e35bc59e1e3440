// Heat and water meters, which have to be asked: what Home Assistant is told of them, and their
// state. Classes and units are typed from its documentation.
#include "homeassistant/discovery.hpp"
#include "publish/state.hpp"
#include "unit/meter/snapshots.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace {

using namespace std::chrono_literals;
using han::cosem::QuantityKind;
using han::cosem::Unit;
using hanport::homeassistant::Json;
using hanport::meter::LatestValue;
using hanport::meter::Snapshot;
using snapshots::heard;

LatestValue of_kind(QuantityKind kind, LatestValue value) {
    value.kind = kind;
    return value;
}

Snapshot water() {
    return {.meter_id = "66123456",
            .manufacturer = "Kamstrup",
            .is_polled = true,
            .lifetime = 7260s,
            .values = {
                {"volume",
                 of_kind(QuantityKind::volume, snapshots::value(123456, -3, Unit::cubic_metre))},
                {"flow",
                 of_kind(QuantityKind::flow, snapshots::value(12, -3, Unit::cubic_metre_per_hour))},
                {"info_code", of_kind(QuantityKind::number, snapshots::value(0, 0, Unit::none))},
            }};
}

Snapshot heat() {
    Snapshot snapshot = water();
    snapshot.values["heat_energy"] =
        of_kind(QuantityKind::heat_energy, snapshots::value(4444, 7, Unit::joule)); // 44.44 GJ
    snapshot.values["temperature_difference"] =
        of_kind(QuantityKind::temperature_difference, snapshots::value(4056, -2, Unit::kelvin));
    snapshot.values["pressure"] =
        of_kind(QuantityKind::pressure, snapshots::value(45, -1, Unit::bar));
    snapshot.values["operating_hours"] =
        of_kind(QuantityKind::duration, snapshots::value(12345, 0, Unit::hour));
    snapshot.values["mass"] = of_kind(QuantityKind::mass, snapshots::value(12, 3, Unit::kilogram));
    return snapshot;
}

Json device_of(const Snapshot& snapshot) {
    const hanport::publish::Topics topics{.client_id = "pi"};
    return Json::parse(
        hanport::homeassistant::device_message(
            topics, snapshot, {}, hanport::homeassistant::components(topics, snapshot, {}))
            .payload);
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

// As a template engine reads them: a name behind a dot has to be an identifier, and a member of
// Python's dict would hide the value of that name.
TEST(AskedDiscovery, TemplatesAndIdsHoldForAnyName) {
    Snapshot snapshot = heat();
    snapshot.meter_id = "12.34";
    const std::string names[] = {"5000",  "C.1.0",           "6.8",         "1-1:1.7.0",
                                 "1_8_0", "1.8.0",           "1-8-0",       "items",
                                 "A B",   "meter's \"own\"", "back\\slash", "active_power_import"};
    for (const std::string& name : names)
        snapshot.values[name] = of_kind(QuantityKind::number, snapshots::value(1, 0, Unit::none));
    const hanport::publish::Topics topics{.client_id = "pi"};
    const std::regex dotted(R"(\{\{ value_json\.([a-z][a-z0-9_]*) \}\})");
    const std::regex bracketed(R"(\{\{ value_json\[("(?:[^"\\]|\\.)*")\] \}\})");
    const std::regex id("[a-zA-Z0-9_-]+");
    const std::regex topic("homeassistant/[a-z_]+/[a-zA-Z0-9_-]+(/[a-zA-Z0-9_-]+)?/config");
    std::set<std::string> read;
    std::set<std::string> keys;
    std::set<std::string> unique_ids;
    const auto all = hanport::homeassistant::components(topics, snapshot, {});
    for (const hanport::homeassistant::Component& component : all) {
        const std::string text = component.config.at("value_template");
        std::smatch found;
        if (std::regex_match(text, found, bracketed))
            read.insert(Json::parse(found[1].str()).get<std::string>());
        else if (std::regex_match(text, found, dotted))
            read.insert(found[1]);
        else
            ADD_FAILURE() << text;
        if (found.size() > 1 && found[1] == "items") {
            ADD_FAILURE() << "a member of dict: " << text;
        }
        const std::string unique_id = component.config.at("unique_id");
        EXPECT_TRUE(std::regex_match(component.key, id)) << component.key;
        EXPECT_TRUE(std::regex_match(unique_id, id)) << unique_id;
        keys.insert(component.key);
        unique_ids.insert(unique_id);
        EXPECT_TRUE(std::regex_match(
            hanport::homeassistant::single_message(topics, snapshot, {}, component).topic, topic))
            << component.key;
    }
    EXPECT_TRUE(std::regex_match(
        hanport::homeassistant::device_message(topics, snapshot, {}, all).topic, topic));
    EXPECT_EQ(keys.size(), all.size());
    EXPECT_EQ(unique_ids.size(), all.size());
    for (const auto& [name, value] : snapshot.values)
        EXPECT_TRUE(read.contains(name)) << name;
}

TEST(AskedDiscovery, IdsOfPlainNamesAreAsTheyWere) {
    const Json device = device_of(heat());
    EXPECT_EQ(device["components"]["heat_energy"]["unique_id"], "hanport_66123456_heat_energy");
    EXPECT_EQ(device["components"]["volume"]["unique_id"], "hanport_66123456_volume");
    EXPECT_EQ(device["device"]["identifiers"][0], "hanport_66123456");
}

TEST(AskedState, EnergyIsInGigajoulesAndLiveValuesLastAsLongAsTheyAreAskedFor) {
    EXPECT_EQ(hanport::publish::state_json(heat(), heard + 7260s),
              R"({"flow":0.012,"heat_energy":44.44,"info_code":0,"mass":12000,)"
              R"("operating_hours":12345,"pressure":4.5,"temperature_difference":40.56,)"
              R"("volume":123.456})");
    EXPECT_EQ(hanport::publish::state_json(heat(), heard + 7261s),
              R"({"flow":null,"heat_energy":44.44,"info_code":null,"mass":12000,)"
              R"("operating_hours":12345,"pressure":null,"temperature_difference":null,)"
              R"("volume":123.456})");
}

} // namespace
