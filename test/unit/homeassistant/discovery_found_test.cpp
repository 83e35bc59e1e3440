// Retained messages that discovery finds at the broker: of other programs, broken, or hostile.
#include "unit/homeassistant/plan_lines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace plan_lines;
using hanport::homeassistant::Json;
using hanport::mqtt::Message;
using testing::ElementsAre;

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
