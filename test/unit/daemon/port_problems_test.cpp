// A port without a meter: its problem on its own topic, in Home Assistant, and in the log.
#include "daemon/port_problems.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace {

using hanport::daemon::PortProblems;
using hanport::meter::Problem;
using hanport::mqtt::Message;
using nlohmann::json;

class PortProblemsTest : public testing::Test {
  protected:
    // The last payload of a topic; null if there is none.
    [[nodiscard]] json last(const std::string& topic) const {
        json found;
        for (const Message& message : sent)
            if (message.topic == topic) {
                EXPECT_EQ(message.retain, hanport::mqtt::Retain::yes);
                found = message.payload.empty() ? json() : json::parse(message.payload);
            }
        return found;
    }

    hanport::config::Config config = [] {
        hanport::config::Config two;
        two.ports.resize(2);
        two.ports[0].device = "/dev/ttyUSB0";
        two.ports[1].device = "/dev/ttyUSB1";
        two.ports[0].number = 1;
        two.ports[1].number = 2;
        return two;
    }();
    hanport::publish::Topics topics{.client_id = "pi"};
    std::vector<Message> sent;
    PortProblems problems{config, topics,
                          [this](const Message& message) { sent.push_back(message); }};
    const std::string first = "hanport/reader/pi/port_problem/1";
    const std::string device = "homeassistant/device/hanport_reader_pi/config";
};

TEST_F(PortProblemsTest, EachCauseIsPublishedAndClearedWhenListsCome) {
    for (const Problem cause :
         {Problem::no_port, Problem::no_bytes, Problem::wrong_parity_or_baud,
          Problem::long_frames_damaged, Problem::ciphered_without_key, Problem::unknown_list}) {
        problems.set(0, cause, false, false);
        const json problem = last(first);
        ASSERT_TRUE(problem.is_object()) << row(cause).key;
        EXPECT_EQ(problem.at("problem"), true);
        EXPECT_EQ(problem.at("cause"), row(cause).key);
        EXPECT_EQ(problem.at("text"), row(cause).text);
        EXPECT_EQ(problem.at("advice"), row(cause).advice);
        problems.set(0, Problem::ok, true, true);
        EXPECT_EQ(last(first).at("problem"), false) << row(cause).key;
    }
    EXPECT_TRUE(last("hanport/reader/pi/port_problem/2").is_null());
}

TEST_F(PortProblemsTest, NothingIsKnownOfAPortBeforeTheFirstList) {
    problems.set(0, Problem::ok, false, false);
    EXPECT_TRUE(sent.empty());
    problems.set(0, Problem::ok, true, false);
    EXPECT_EQ(last(first).at("problem"), false) << "what an earlier run left is cleared";
    const auto count = sent.size();
    problems.set(0, Problem::ok, true, false);
    EXPECT_EQ(sent.size(), count) << "nothing new";
}

TEST_F(PortProblemsTest, HomeAssistantHasEntitiesOfThePorts) {
    problems.set(1, Problem::no_bytes, false, false);
    const json announced = last(device);
    const json entity = announced.at("components").at("port_2_problem");
    EXPECT_EQ(entity.at("platform"), "binary_sensor");
    EXPECT_EQ(entity.at("device_class"), "problem");
    EXPECT_EQ(entity.at("state_topic"), "hanport/reader/pi/port_problem/2");
    EXPECT_EQ(entity.at("unique_id"), "hanport_reader_pi_port_2_problem");
    EXPECT_EQ(announced.at("components").at("port_2_cause").at("platform"), "sensor");
    EXPECT_EQ(announced.at("device").at("identifiers").at(0), "hanport_reader_pi");
    sent.clear();
    problems.on_connected();
    EXPECT_EQ(last(device), announced);
    EXPECT_EQ(last("hanport/reader/pi/port_problem/2").at("cause"), "no_bytes");
}

TEST_F(PortProblemsTest, ThePortsNumberCountsAndNotItsPlace) {
    std::swap(config.ports[0], config.ports[1]);
    problems.set(0, Problem::no_bytes, false, false);
    EXPECT_EQ(last("hanport/reader/pi/port_problem/2").at("cause"), "no_bytes");
    EXPECT_TRUE(last(first).is_null());
}

TEST_F(PortProblemsTest, WhatWasPublishedOfARemovedPortIsTakenBackOnce) {
    problems.withdraw({4});
    EXPECT_TRUE(sent.empty());
    problems.on_connected();
    ASSERT_FALSE(sent.empty());
    EXPECT_EQ(sent.front().topic, "hanport/reader/pi/port_problem/4");
    EXPECT_EQ(sent.front().payload, "");
    EXPECT_EQ(sent.front().retain, hanport::mqtt::Retain::yes);
    const json components = last(device).at("components");
    EXPECT_EQ(components.at("port_4_problem"), json({{"platform", "binary_sensor"}}))
        << "as Home Assistant removes a component";
    EXPECT_TRUE(components.at("port_1_problem").contains("state_topic"));
    sent.clear();
    problems.on_connected();
    EXPECT_TRUE(sent.empty());
}

TEST_F(PortProblemsTest, SingleEntitiesWhereThatStyleIsWanted) {
    config.home_assistant.discovery = hanport::config::DiscoveryStyle::single;
    problems.set(0, Problem::no_port, false, false);
    EXPECT_TRUE(last(device).is_null());
    const json entity = last("homeassistant/binary_sensor/hanport_reader_pi/port_1_problem/config");
    EXPECT_EQ(entity.at("state_topic"), first);
    EXPECT_FALSE(entity.contains("platform"));
}

} // namespace
