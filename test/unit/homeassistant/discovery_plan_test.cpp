// What is sent in which order: tables of what was announced before against what is wanted now.
#include "homeassistant/discovery.hpp"
#include "homeassistant/discovery_plan.hpp"
#include "unit/meter/snapshots.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using hanport::config::DiscoveryStyle;
using hanport::homeassistant::Component;
using hanport::homeassistant::DiscoveryOptions;
using hanport::homeassistant::DiscoverySituation;
using hanport::homeassistant::Json;
using hanport::meter::Snapshot;
using hanport::mqtt::Message;
using hanport::mqtt::Qos;
using hanport::mqtt::Retain;
using hanport::publish::Topics;
using testing::ElementsAre;

const Topics topics{.client_id = "pi"};
const DiscoveryOptions options{.version = "0.1.0"};
const std::string device_topic = "homeassistant/device/hanport_7/config";

std::string single_topic(const std::string& key) {
    return "homeassistant/sensor/hanport_7/" + key + "/config";
}

// A meter of these quantities; the diagnostics come on top of them.
Snapshot meter_of(const std::vector<std::string>& quantities) {
    Snapshot snapshot{.meter_id = "7"};
    for (const std::string& name : quantities)
        snapshot.values[name] = snapshots::value(1, 0, han::cosem::Unit::watt);
    return snapshot;
}

bool is_diagnostic(const Json& config) {
    return config.contains("entity_category");
}

// What an earlier run left at the broker.
std::map<std::string, std::string> left(DiscoveryStyle style,
                                        const std::vector<std::string>& quantities) {
    std::map<std::string, std::string> found;
    for (const Message& message : hanport::homeassistant::discovery_plan(
             topics, meter_of(quantities), options, {.style = style}))
        found[message.topic] = message.payload;
    return found;
}

// A message in one line: what it does to which topic, diagnostics left out of it.
//
//   "device power voltage"     a device's config with these components
//   "device power -voltage"    … of which voltage has nothing but its platform
//   "single power"             a single config
//   "migrate TOPIC", "empty TOPIC"
std::string line_of(const Message& message) {
    const std::string middle = "/hanport_7/";
    const auto begin = message.topic.find(middle) + middle.size();
    const std::string name = message.topic == device_topic
                                 ? "device"
                                 : message.topic.substr(begin, message.topic.rfind('/') - begin);
    if (message.payload.empty())
        return "empty " + name;
    const Json json = Json::parse(message.payload);
    if (json.contains("migrate_discovery"))
        return json == Json{{"migrate_discovery", true}} ? "migrate " + name : "?";
    if (name != "device")
        return "single " + name;
    std::string line = name;
    for (const auto& [key, config] : json["components"].items())
        if (!is_diagnostic(config))
            line.append(config.size() == 1 ? " -" : " ").append(key);
    return line;
}

std::vector<std::string> lines_of(const std::vector<Message>& messages) {
    static const auto diagnostics = [] {
        std::vector<std::string> keys;
        for (const Component& component : components(topics, meter_of({}), options))
            keys.push_back(component.key);
        return keys;
    }();
    std::vector<std::string> lines;
    for (const Message& message : messages) {
        std::string line = line_of(message);
        if (std::ranges::none_of(diagnostics,
                                 [&](const auto& key) { return line.ends_with(' ' + key); }))
            lines.push_back(std::move(line));
    }
    return lines;
}

struct Row {
    const char* name;
    DiscoveryStyle before; // off: nothing was announced
    std::vector<std::string> announced;
    DiscoveryStyle now;
    std::vector<std::string> sent; // by the meter, in this run
    bool complete;
    std::vector<std::string> expected;
};

constexpr auto device = DiscoveryStyle::device;
constexpr auto single = DiscoveryStyle::single;
constexpr auto off = DiscoveryStyle::off;
const std::string i1 = "current_l1";
const std::string u1 = "voltage_l1";

class DiscoveryPlan : public testing::TestWithParam<Row> {};

TEST_P(DiscoveryPlan, SendsInThisOrder) {
    const Row& row = GetParam();
    const auto messages = hanport::homeassistant::discovery_plan(
        topics, meter_of(row.sent), options,
        {.style = row.now, .found = left(row.before, row.announced), .complete = row.complete});
    EXPECT_EQ(lines_of(messages), row.expected);
}

INSTANTIATE_TEST_SUITE_P(
    Device, DiscoveryPlan,
    testing::Values(
        Row{"First", off, {}, device, {i1, u1}, false, {"device current_l1 voltage_l1"}},
        Row{"Again", device, {i1, u1}, device, {i1, u1}, true, {"device current_l1 voltage_l1"}},
        Row{"More", device, {i1}, device, {i1, u1}, false, {"device current_l1 voltage_l1"}},
        Row{"NotAllListsYet",
            device,
            {i1, u1},
            device,
            {i1},
            false,
            {"device current_l1 voltage_l1"}},
        Row{"NoLongerOffered",
            device,
            {i1, u1},
            device,
            {i1},
            true,
            {"device current_l1 -voltage_l1", "device current_l1"}},
        Row{"FromSingle",
            single,
            {i1, u1},
            device,
            {i1, u1},
            false,
            {"migrate current_l1", "migrate voltage_l1", "device current_l1 voltage_l1",
             "empty current_l1", "empty voltage_l1"}},
        Row{"FromSingleNotAllListsYet",
            single,
            {i1, u1},
            device,
            {i1},
            false,
            {"migrate current_l1", "migrate voltage_l1", "device current_l1 voltage_l1",
             "empty current_l1", "empty voltage_l1"}},
        // Migrating a removed entity would leave a ghost entity.
        Row{"FromSingleNoLongerOffered",
            single,
            {i1, u1},
            device,
            {i1},
            true,
            {"migrate current_l1", "device current_l1", "empty current_l1", "empty voltage_l1"}}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Single, DiscoveryPlan,
    testing::Values(
        Row{"First", off, {}, single, {i1, u1}, false, {"single current_l1", "single voltage_l1"}},
        Row{"Again", single, {i1}, single, {i1}, true, {"single current_l1"}},
        Row{"NotAllListsYet", single, {i1, u1}, single, {i1}, false, {"single current_l1"}},
        Row{"NoLongerOffered",
            single,
            {i1, u1},
            single,
            {i1},
            true,
            {"single current_l1", "empty voltage_l1"}},
        Row{"FromDevice",
            device,
            {i1, u1},
            single,
            {i1, u1},
            false,
            {"migrate device", "single current_l1", "single voltage_l1", "empty device"}},
        Row{"FromDeviceNotAllListsYet",
            device,
            {i1, u1},
            single,
            {i1},
            false,
            {"migrate device", "single current_l1", "single voltage_l1", "empty device"}},
        Row{"FromDeviceNoLongerOffered",
            device,
            {i1, u1},
            single,
            {i1},
            true,
            {"device current_l1 -voltage_l1", "migrate device", "single current_l1",
             "empty device"}}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Off, DiscoveryPlan,
    testing::Values(Row{"Never", off, {}, off, {i1}, true, {}},
                    Row{"AfterDevice", device, {i1, u1}, off, {i1}, false, {"empty device"}},
                    Row{"AfterSingle",
                        single,
                        {i1, u1},
                        off,
                        {},
                        false,
                        {"empty current_l1", "empty voltage_l1"}}),
    [](const auto& test) { return test.param.name; });

const Message* find(const std::vector<Message>& messages, const std::string& topic) {
    const auto at = std::ranges::find(messages, topic, &Message::topic);
    return at == messages.end() ? nullptr : &*at;
}

TEST(DiscoveryPlan, ConfigsAndEmptyPayloadsAreRetainedMigrationsAreNot) {
    for (const auto& message : hanport::homeassistant::discovery_plan(
             topics, meter_of({i1}), options,
             {.style = device, .found = left(single, {i1, u1}), .complete = true})) {
        EXPECT_EQ(message.qos, Qos::at_least_once);
        EXPECT_EQ(message.retain == Retain::no, message.payload.contains("migrate_discovery"));
    }
}

TEST(DiscoveryPlan, MigrationKeepsUniqueIdsInBothDirections) {
    const auto singles = left(single, {i1});
    const auto devices = left(device, {i1});
    const auto to_device = hanport::homeassistant::discovery_plan(
        topics, meter_of({}), options, {.style = device, .found = singles});
    const auto to_single = hanport::homeassistant::discovery_plan(
        topics, meter_of({}), options, {.style = single, .found = devices});
    const std::string id = "hanport_7_current_l1";
    const auto config = Json::parse(to_device[singles.size()].payload);
    EXPECT_EQ(config["components"][i1]["unique_id"], id);
    ASSERT_NE(find(to_single, single_topic(i1)), nullptr);
    EXPECT_EQ(Json::parse(find(to_single, single_topic(i1))->payload)["unique_id"], id);
}

// There and back gives the very same configs, whichever way.
TEST(DiscoveryPlan, WhatIsCarriedAlongIsWhatWasAnnounced) {
    const Json wanted = Json::parse(left(single, {i1}).at(single_topic(i1)));
    const auto to_single = hanport::homeassistant::discovery_plan(
        topics, meter_of({}), options, {.style = single, .found = left(device, {i1})});
    ASSERT_NE(find(to_single, single_topic(i1)), nullptr);
    EXPECT_EQ(Json::parse(find(to_single, single_topic(i1))->payload), wanted);
}

TEST(DiscoveryPlan, AMigrationThatWasCutOffIsCompleted) {
    // Both are there: the old topics were not emptied yet.
    auto found = left(single, {i1});
    found.merge(left(device, {i1}));
    EXPECT_THAT(
        lines_of(hanport::homeassistant::discovery_plan(
            topics, meter_of({i1}), options, {.style = device, .found = found, .complete = true})),
        ElementsAre("migrate current_l1", "device current_l1", "empty current_l1"));
}

TEST(DiscoveryPlan, ForeignTopicsAreLeftAlone) {
    const std::map<std::string, std::string> foreign{
        {"homeassistant/device/hanport_8/config", R"({"components":{"a":{"unique_id":"x"}}})"},
        {"homeassistant/sensor/hanport_8/voltage_l1/config", "{}"},
        {"homeassistant/sensor/hanport_7/config", "{}"},
        {"homeassistant/sensor/x/hanport_7/voltage_l1/config", "{}"},
        {"homeassistant/sensor/hanport_7/a/b/config", "{}"},
        {"homeassistant/sensor/hanport_7//config", "{}"},
        {"homeassistant/sensor/hanport_7/voltage_l1/state", "{}"},
        {"other/sensor/hanport_7/voltage_l1/config", "{}"},
        {device_topic, ""},
        {single_topic(u1), ""},
    };
    EXPECT_THAT(hanport::homeassistant::discovery_plan(topics, meter_of({}), options,
                                                       {.style = off, .found = foreign}),
                testing::IsEmpty());
}

TEST(DiscoveryPlan, PayloadsThatAreNoConfigsAreReplaced) {
    for (const char* payload : {"rubbish", "[]", "{}", "null", R"({"components":7})",
                                R"({"components":{"voltage_l1":7}})",
                                R"({"components":{"voltage_l1":{"platform":"sensor","a":1}}})",
                                R"({"migrate_discovery":true})", "\xFF"}) {
        EXPECT_THAT(lines_of(hanport::homeassistant::discovery_plan(
                        topics, meter_of({i1}), options,
                        {.style = device, .found = {{device_topic, payload}}})),
                    ElementsAre("device current_l1"))
            << payload;
        EXPECT_THAT(lines_of(hanport::homeassistant::discovery_plan(
                        topics, meter_of({i1}), options,
                        {.style = device, .found = {{single_topic(u1), payload}}})),
                    ElementsAre("migrate voltage_l1", "device current_l1", "empty voltage_l1"))
            << payload;
    }
}

TEST(DiscoveryPlan, OtherPlatformsAreTakenBackToo) {
    const std::string topic = "homeassistant/binary_sensor/hanport_7/door/config";
    const auto messages = hanport::homeassistant::discovery_plan(
        topics, meter_of({}), options,
        {.style = device, .found = {{topic, R"({"unique_id":"hanport_7_door"})"}}});
    EXPECT_EQ(messages.front().topic, topic);
    EXPECT_EQ(messages.back().topic, topic);
    EXPECT_EQ(Json::parse(messages[1].payload)["components"]["door"],
              Json({{"platform", "binary_sensor"}, {"unique_id", "hanport_7_door"}}));
}

// Retained messages may be from any program: no type, depth or number in them may do harm.
std::vector<std::map<std::string, std::string>> hostile() {
    const std::string deep = R"({"components":{"x":{"unique_id":"u","platform":"sensor","a":)" +
                             std::string(60'000, '[') + std::string(60'000, ']') + "}}}";
    std::string many = R"({"components":{)";
    for (int i = 0; i < 5000; ++i)
        many += '"' + std::to_string(i) + R"(":{"platform":"sensor","unique_id":"u"},)";
    many.back() = '}';
    many += '}';
    const std::string types =
        R"({"components":{"x":{"platform":5,"unique_id":"u"},"y":{"platform":{},"unique_id":7},)"
        R"("z":{"platform":"sensor","unique_id":7}}})";
    const std::string long_key = R"({"components":{")" + std::string(70'000, 'k') +
                                 R"(":{"platform":"sensor","unique_id":"u"}}})";
    const std::string wrong = R"({"platform":5,"unique_id":{}})";
    std::vector<std::map<std::string, std::string>> all;
    for (const std::string& payload : {types, deep, many, long_key, std::string(60'000, '[')})
        all.push_back({{device_topic, payload}});
    all.push_back({{single_topic(u1), wrong}});
    all.push_back({{single_topic(u1), deep}});
    all.push_back({{single_topic(u1), std::string(2'000'000, ' ') + "{}"}});
    return all;
}

TEST(DiscoveryPlan, NothingRetainedBringsItDown) {
    for (const auto& found : hostile())
        for (const auto style : {device, single, off})
            for (const bool complete : {false, true}) {
                const auto messages = hanport::homeassistant::discovery_plan(
                    topics, meter_of({i1}), options,
                    {.style = style, .found = found, .complete = complete});
                EXPECT_LT(messages.size(), 700U);
                for (const Message& message : messages) {
                    EXPECT_LT(message.topic.size(), 300U);
                    EXPECT_LT(message.payload.size(), 200'000U);
                    if (!message.payload.empty()) {
                        EXPECT_FALSE(message.payload.contains(R"("platform":5)"));
                        EXPECT_FALSE(message.payload.contains(R"("unique_id":7)"));
                    }
                }
            }
}

TEST(DiscoveryPlan, TheBelievableAmongTheUnbelievableIsCarriedAlong) {
    const std::string payload =
        R"({"components":{"x":{"platform":5,"unique_id":"u"},"y":{"platform":{},"unique_id":7},)"
        R"("z":{"platform":"sensor","unique_id":"v"}}})";
    EXPECT_THAT(lines_of(hanport::homeassistant::discovery_plan(
                    topics, meter_of({i1}), options,
                    {.style = device, .found = {{device_topic, payload}}})),
                ElementsAre("device current_l1 z"));
    EXPECT_THAT(lines_of(hanport::homeassistant::discovery_plan(
                    topics, meter_of({i1}), options,
                    {.style = single, .found = {{device_topic, payload}}, .complete = true})),
                ElementsAre("device -z", "migrate device", "single current_l1", "empty device"));
}

} // namespace
