// Messages for Home Assistant: births, brokers that lose retained messages, changes of style,
// entities that no longer exist.
#include "support/daemon.hpp"
#include "support/meter_feed.hpp"
#include "support/witness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using support::Daemon;
using support::MeterFeed;
using support::Mosquitto;
using support::Received;
using support::Witness;
using testing::IsEmpty;

class DaemonHomeAssistant : public testing::Test {
  protected:
    DaemonHomeAssistant() { broker.start(); }

    void start(const std::string& style = "device") {
        daemon.options.home_assistant = "discovery = \"" + style + "\"\n";
        daemon.start_and_wait();
    }
    // Both kinds of lists, so that all quantities of the meter are known.
    void send_lists() {
        (void)meter.send("hourly");
        id = meter.send("live").at("meter_id");
    }
    [[nodiscard]] std::string device_topic() const {
        return "homeassistant/device/hanport_" + id + "/config";
    }
    [[nodiscard]] std::string single_topic(const std::string& key) const {
        return "homeassistant/sensor/hanport_" + id + "/" + key + "/config";
    }
    // Discovery messages as "topic payload", in the order received; payloads of more than 40
    // characters are replaced by "config".
    [[nodiscard]] static std::vector<std::string> told(const Witness& witness) {
        std::vector<std::string> found;
        for (const Received& message : witness.all)
            if (message.topic.ends_with("/config"))
                found.push_back(message.topic + ' ' +
                                (message.payload.size() > 40 ? "config" : message.payload));
        return found;
    }
    [[nodiscard]] static std::ptrdiff_t place(const std::vector<std::string>& all,
                                              const std::string& what) {
        const auto at = std::ranges::find(all, what);
        EXPECT_NE(at, all.end()) << what;
        return at - all.begin();
    }

    // Home Assistant starts, and the meter's next state has arrived.
    void see_birth(Witness& witness) {
        const auto before = witness.count("/state");
        support::publish(broker, "homeassistant/status", "online");
        (void)meter.send("live");
        EXPECT_TRUE(witness.until([&] { return witness.count("/state") > before; }));
    }

    Mosquitto broker;
    MeterFeed meter{"kaifa-3p"};
    Daemon daemon{{.device = meter.pty->path(), .url = broker.url()}};
    std::string id;
};

TEST_F(DaemonHomeAssistant, ABirthIsAnsweredWithDiscoveryAndState) {
    Witness witness(broker);
    start();
    send_lists();
    ASSERT_TRUE(witness.until([&] { return witness.count(device_topic()) > 0; }));
    witness.all.clear();
    support::publish(broker, "homeassistant/status", "offline");
    witness.listen(500ms);
    EXPECT_THAT(told(witness), IsEmpty());
    const auto birth = std::chrono::steady_clock::now();
    support::publish(broker, "homeassistant/status", "online");
    ASSERT_TRUE(witness.until(
        [&] { return witness.count(device_topic()) == 1 && witness.count("/state") >= 1; }));
    EXPECT_LT(std::chrono::steady_clock::now() - birth, 10s);
    EXPECT_TRUE(witness.last("/state").contains("active_energy_import"));
}

TEST_F(DaemonHomeAssistant, ABrokerThatForgotIsToldAgain) {
    start();
    send_lists();
    {
        Witness witness(broker);
        ASSERT_TRUE(witness.until([&] { return witness.count(device_topic()) > 0; }));
    }
    broker.kill(); // not persistent
    broker.start();
    Witness witness(broker);
    ASSERT_TRUE(witness.until([&] {
        return witness.count(device_topic()) > 0 && witness.count("/availability") > 0 &&
               witness.count("reader/pi/status") > 0 && witness.count("/state") > 0;
    }));
    EXPECT_EQ(witness.payloads("/availability").back(), "online");
    EXPECT_EQ(witness.payloads("reader/pi/status").back(), "online");
    Witness later(broker);
    ASSERT_TRUE(later.until([&] { return later.count(device_topic()) > 0; }));
    EXPECT_TRUE(std::ranges::find(later.all, device_topic(), &Received::topic)->retained);
}

TEST_F(DaemonHomeAssistant, MigratesToSingleAndBackWithoutLosingEntities) {
    const std::string migrate = R"( {"migrate_discovery":true})";
    const std::string key = "active_power_import";
    start("device");
    send_lists();
    Witness witness(broker);
    ASSERT_TRUE(witness.until([&] { return witness.count(device_topic()) > 0; }));
    const json device = witness.last(device_topic());
    ASSERT_EQ(daemon.stop().status, 0);

    Witness to_single(broker, "homeassistant/#");
    ASSERT_TRUE(to_single.until([&] { return to_single.count("/config") == 1; })); // the retained
    to_single.all.clear();
    start("single");
    send_lists();
    ASSERT_TRUE(to_single.until([&] {
        const auto all = to_single.payloads(device_topic());
        return !all.empty() && all.back().empty();
    }));
    auto wire = told(to_single);
    EXPECT_LT(place(wire, device_topic() + migrate), place(wire, single_topic(key) + " config"));
    EXPECT_LT(place(wire, single_topic(key) + " config"), place(wire, device_topic() + " "));
    const json single = to_single.last(single_topic(key));
    EXPECT_EQ(single.at("unique_id"), device.at("components").at(key).at("unique_id"));
    EXPECT_EQ(single.at("device"), device.at("device"));
    ASSERT_EQ(daemon.stop().status, 0);

    Witness to_device(broker, "homeassistant/#");
    const std::size_t singles = device.at("components").size();
    ASSERT_TRUE(to_device.until([&] { return to_device.count("/config") == singles; }));
    to_device.all.clear();
    start("device");
    send_lists();
    ASSERT_TRUE(to_device.until([&] {
        const auto all = told(to_device);
        return static_cast<std::size_t>(std::ranges::count_if(
                   all, [](const auto& text) { return text.ends_with("/config "); })) == singles;
    }));
    wire = told(to_device);
    EXPECT_LT(place(wire, single_topic(key) + migrate), place(wire, device_topic() + " config"));
    EXPECT_LT(place(wire, device_topic() + " config"), place(wire, single_topic(key) + " "));
    EXPECT_EQ(to_device.last(device_topic()).at("components"), device.at("components"));
}

TEST_F(DaemonHomeAssistant, OffTakesBackWhatWasAnnouncedAndAnnouncesNothing) {
    start();
    send_lists();
    {
        Witness witness(broker);
        ASSERT_TRUE(witness.until([&] { return witness.count(device_topic()) > 0; }));
    }
    (void)daemon.stop();
    Witness witness(broker);
    start("off");
    send_lists();
    ASSERT_TRUE(witness.until([&] {
        const auto all = told(witness);
        return !all.empty() && all.back() == device_topic() + ' ';
    })) << testing::PrintToString(told(witness));
    see_birth(witness);
    EXPECT_EQ(told(witness).back(), device_topic() + ' ');
    EXPECT_GT(witness.count("/state"), 0U) << "the lists are published all the same";
}

TEST_F(DaemonHomeAssistant, WhatWasAnnouncedAndIsNoMoreIsRemoved) {
    start();
    send_lists();
    Witness witness(broker);
    ASSERT_TRUE(witness.until([&] { return witness.count(device_topic()) > 0; }));
    ASSERT_EQ(daemon.stop().status, 0);
    json config = witness.last(device_topic());
    config["components"]["old_thing"] = {{"platform", "sensor"},
                                         {"unique_id", "hanport_" + id + "_old_thing"},
                                         {"name", "Old thing"},
                                         {"value_template", "{{ value_json.old_thing }}"}};
    support::publish(broker, device_topic(), config.dump(), 1, true);
    Witness again(broker, "homeassistant/#");
    ASSERT_TRUE(again.until([&] { return again.count(device_topic()) == 1; }));
    start();
    send_lists();
    ASSERT_TRUE(again.until([&] {
        return again.count(device_topic()) > 2 &&
               !again.last(device_topic()).at("components").contains("old_thing");
    }));
    // First with only its platform, which removes it, then without it.
    const auto payloads = again.payloads(device_topic());
    const json removal = json::parse(payloads.at(payloads.size() - 2));
    EXPECT_EQ(removal.at("components").at("old_thing"), json({{"platform", "sensor"}}));
}

} // namespace
