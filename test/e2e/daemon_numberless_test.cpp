// Meters that send no number: named by their port's number, which stays with the device.
#include "support/daemon.hpp"
#include "support/meter_feed.hpp"
#include "support/witness.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using support::Daemon;
using support::MeterFeed;
using support::Mosquitto;
using support::Witness;

class Numberless : public testing::Test {
  protected:
    Numberless() { broker.start(); }

    [[nodiscard]] static std::string section(const MeterFeed& meter) {
        return "[[port]]\ndevice = \"" + meter.pty->path() + "\"\nparity = \"none\"\n";
    }
    // Two ports, in that order.
    void run(const MeterFeed& one, const MeterFeed& other) {
        daemon.options.device = one.pty->path();
        daemon.options.port = section(other);
        daemon.start();
        for (const MeterFeed* meter : {&one, &other})
            ASSERT_TRUE(daemon.wait_for_log(meter->pty->path() + ": opened"));
        ASSERT_TRUE(daemon.wait_for_log("connected to the broker"));
    }
    // Sends a list, and returns the id under which it is published.
    std::string id_of(Witness& witness, MeterFeed& meter) {
        const json list = meter.send("hourly");
        std::string id;
        EXPECT_TRUE(witness.until([&] {
            for (const auto& message : witness.all)
                if (message.topic.contains("/list/") && !message.payload.empty() &&
                    json::parse(message.payload).at("values") == list.at("values"))
                    id = message.topic.substr(0, message.topic.find("/list/"));
            return !id.empty();
        }));
        return id;
    }

    Mosquitto broker;
    MeterFeed cabin{"aidon-se", 7};
    MeterFeed house{"aidon-se", 8};
    Daemon daemon{{.device = "", .url = broker.url()}};
};

TEST_F(Numberless, IdsStayWhenTheFileIsReordered) {
    Witness witness(broker);
    run(cabin, house);
    EXPECT_EQ(id_of(witness, cabin), "hanport/aidon-port1");
    EXPECT_EQ(id_of(witness, house), "hanport/aidon-port2");
    EXPECT_EQ(daemon.stop().status, 0);
    run(house, cabin);
    EXPECT_EQ(id_of(witness, cabin), "hanport/aidon-port1");
    EXPECT_EQ(id_of(witness, house), "hanport/aidon-port2");
    EXPECT_EQ(daemon.stop().status, 0);
}

TEST_F(Numberless, WhatWasPublishedOfARemovedPortIsTakenBack) {
    {
        Witness witness(broker);
        run(cabin, house);
        (void)id_of(witness, cabin);
        (void)id_of(witness, house);
        ASSERT_TRUE(witness.until([&] {
            return witness.count("port_problem/1") > 0 &&
                   witness.count("hanport_aidon-port1/config") > 0 &&
                   witness.count("aidon-port1/availability") > 0 && daemon.waiting() == 0;
        }));
        EXPECT_EQ(daemon.stop().status, 0);
    }
    daemon.options.device = house.pty->path();
    daemon.options.port = "";
    {
        Witness witness(broker);
        daemon.start_and_wait();
        EXPECT_EQ(id_of(witness, house), "hanport/aidon-port2");
        ASSERT_TRUE(witness.until([&] { // the last topic to be emptied
            const auto configs = witness.payloads("hanport_aidon-port1/config");
            return !configs.empty() && configs.back().empty();
        }));
        EXPECT_EQ(daemon.stop().status, 0);
    }
    Witness retained(broker);
    retained.listen(500ms);
    for (const auto& message : retained.all) {
        EXPECT_FALSE(message.topic.contains("aidon-port1")) << message.topic;
        EXPECT_FALSE(message.topic.ends_with("port_problem/1")) << message.payload;
    }
    EXPECT_GE(retained.count("aidon-port2/availability"), 1U);
}

} // namespace
