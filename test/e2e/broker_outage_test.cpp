// Brokers that are not there, go, return or hang, and connections that end at any moment.
#include "mqtt/broker.hpp"
#include "support/broker_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using hanport::mqtt::Qos;
using support::BrokerClient;
using support::Mosquitto;
using support::Subscriber;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(BrokerOutage, ABrokerThatComesLateIsFound) {
    Mosquitto mosquitto;
    BrokerClient client({.url = mosquitto.url(), .client_id = "pi"});
    client->start();
    ASSERT_TRUE(client.until([&] { return !client.causes.empty(); }));
    EXPECT_THAT(client.causes,
                ElementsAre("connection refused by localhost:" + std::to_string(mosquitto.port())));
    EXPECT_FALSE(client->connected());
    EXPECT_FALSE(client->publish({.topic = "t", .payload = "lost"}));
    mosquitto.start();
    EXPECT_TRUE(client.until([&] { return client.connections == 1; }));
    EXPECT_EQ(client.causes.size(), 1U);
}

TEST(BrokerOutage, AKilledBrokerIsFoundAgainWhenItReturns) {
    Mosquitto mosquitto;
    mosquitto.start();
    BrokerClient client({.url = mosquitto.url(), .client_id = "pi"});
    ASSERT_TRUE(client.connect());
    for (int round = 1; round <= 2; ++round) {
        client.causes.clear();
        mosquitto.kill();
        ASSERT_TRUE(client.until([&] { return !client.causes.empty(); }));
        EXPECT_EQ(client.causes[0], "the connection was lost");
        EXPECT_FALSE(client->connected());
        ASSERT_TRUE(client.until([&] { return client.causes.size() == 2; }));
        EXPECT_THAT(client.causes[1], HasSubstr("connection refused"));
        mosquitto.start();
        ASSERT_TRUE(client.until([&] { return client.connections == 1 + round; }));
        EXPECT_EQ(client.causes.size(), 2U);
        Subscriber witness(mosquitto, "t");
        EXPECT_TRUE(client->publish(
            {.topic = "t", .payload = std::to_string(round), .qos = Qos::at_least_once}, 7));
        EXPECT_EQ(witness.next()->payload, std::to_string(round));
        // The broker works again: causes are logged again, and the back-off starts from the
        // beginning.
        ASSERT_TRUE(client.until(
            [&] { return client.delivered.size() == static_cast<std::size_t>(round); }));
    }
}

TEST(BrokerOutage, AnOrderlyEndOfTheBrokerIsALostConnection) {
    Mosquitto mosquitto;
    mosquitto.start();
    BrokerClient client({.url = mosquitto.url(), .client_id = "pi"});
    ASSERT_TRUE(client.connect());
    mosquitto.stop();
    ASSERT_TRUE(client.until([&] { return !client.causes.empty(); }));
    mosquitto.start();
    EXPECT_TRUE(client.until([&] { return client.connections == 2; }));
}

TEST(BrokerOutage, WhatIsNotAcknowledgedIsNotToldAsDelivered) {
    Mosquitto mosquitto;
    mosquitto.start();
    BrokerClient client({.url = mosquitto.url(), .client_id = "pi"});
    ASSERT_TRUE(client.connect());
    mosquitto.freeze();
    EXPECT_TRUE(client->publish({.topic = "t", .payload = "x", .qos = Qos::at_least_once}, 1));
    EXPECT_FALSE(client.until([&] { return !client.delivered.empty(); }, 300ms));
    mosquitto.kill();
    ASSERT_TRUE(client.until([&] { return !client.causes.empty(); }));
    mosquitto.start();
    Subscriber witness(mosquitto, "t");
    ASSERT_TRUE(client.until([&] { return client.connections == 2; }));
    EXPECT_TRUE(client->publish({.topic = "t", .payload = "y", .qos = Qos::at_least_once}, 2));
    ASSERT_TRUE(client.until([&] { return !client.delivered.empty(); }));
    EXPECT_THAT(client.delivered, ElementsAre(2));
    EXPECT_EQ(witness.next()->payload, "y") << "paho sent again what is ours to send again";
}

TEST(BrokerOutage, AHungBrokerDoesNotHoldUpTheEnd) {
    Mosquitto mosquitto;
    mosquitto.start();
    BrokerClient client({.url = mosquitto.url(), .client_id = "pi"});
    ASSERT_TRUE(client.connect());
    mosquitto.freeze();
    client->publish({.topic = "t", .payload = "x", .qos = Qos::at_least_once}, 1);
    const auto begin = std::chrono::steady_clock::now();
    client->stop(300ms);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 1500ms);
}

TEST(BrokerLife, CanEndAtAnyMoment) {
    Mosquitto mosquitto;
    mosquitto.start();
    for (int steps = 0; steps < 12; ++steps) {
        BrokerClient client({.url = mosquitto.url(), .client_id = "pi"});
        client->start();
        for (int i = 0; i < steps; ++i)
            client.step(20ms);
        if (client->connected())
            client->publish({.topic = "t", .payload = "x", .qos = Qos::at_least_once}, 1);
        client.destroy();
        const std::size_t told = client.delivered.size() + client.causes.size();
        client.step(20ms);
        EXPECT_EQ(client.delivered.size() + client.causes.size(), told) << "told after its end";
    }
}

TEST(BrokerLife, CanBeStoppedByWhatItTells) {
    Mosquitto mosquitto;
    mosquitto.start();
    BrokerClient client({.url = mosquitto.url(), .client_id = "pi"});
    client.when_connected = [&] { client->stop(1s); };
    client->start();
    EXPECT_TRUE(client.until([&] { return client.connections == 1; }));
    EXPECT_FALSE(client->connected());
}

} // namespace
