// What is sent in which order: tables of what was announced before against what is wanted now.
#include "unit/homeassistant/plan_lines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace plan_lines;
using hanport::config::DiscoveryStyle;
using hanport::homeassistant::Json;
using hanport::mqtt::Message;
using hanport::mqtt::Qos;
using hanport::mqtt::Retain;
using testing::ElementsAre;

struct Row {
    const char* name;
    DiscoveryStyle before; // off: nothing was announced
    std::vector<std::string> announced;
    DiscoveryStyle now;
    std::vector<std::string> sent; // by the meter, in this run
    bool complete;
    std::vector<std::string> expected;
};

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

} // namespace
