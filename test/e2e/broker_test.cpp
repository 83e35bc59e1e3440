// The connection to a real mosquitto, with both versions of MQTT: publishing, subscribing, the will.
#include "mqtt/broker.hpp"
#include "support/broker_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <set>

namespace {

using namespace std::chrono_literals;
using hanport::mqtt::BrokerOptions;
using hanport::mqtt::Qos;
using hanport::mqtt::Retain;
using support::BrokerClient;
using support::Mosquitto;
using support::Received;
using support::Subscriber;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::uint64_t many = 200; // more than brokers want unacknowledged

class BrokerVersions : public testing::TestWithParam<bool> {
  protected:
    BrokerVersions() { mosquitto_.start(); }
    [[nodiscard]] BrokerOptions options() const {
        return {.url = mosquitto_.url(), .client_id = "pi", .mqtt5 = GetParam()};
    }
    Mosquitto mosquitto_;
};

INSTANTIATE_TEST_SUITE_P(All, BrokerVersions, testing::Values(true, false),
                         [](const auto& test) { return test.param ? "Mqtt5" : "Mqtt311"; });

TEST_P(BrokerVersions, PublishesAndTellsOfDelivery) {
    Subscriber witness(mosquitto_, "t/#");
    BrokerClient client(options());
    ASSERT_TRUE(client.connect()) << mosquitto_.log();
    EXPECT_TRUE(mosquitto_.log().contains(GetParam() ? " as pi (p5" : " as pi (p2"));
    EXPECT_TRUE(client->publish({.topic = "t/0", .payload = "zero"}, 10));
    EXPECT_TRUE(client->publish({.topic = "t/1", .payload = "one", .qos = Qos::at_least_once}, 11));
    EXPECT_TRUE(client->publish({.topic = "t/2", .payload = "", .qos = Qos::at_least_once}));
    EXPECT_TRUE(client->publish(
        {.topic = "t/3", .payload = std::string(60'000, 'x'), .qos = Qos::at_least_once}, 13));
    EXPECT_TRUE(client.until([&] { return client.delivered.size() == 2; }));
    EXPECT_THAT(client.delivered, testing::UnorderedElementsAre(11, 13)) << "QoS 0 is not told of";
    EXPECT_EQ(witness.next(), (Received{"t/0", "zero", 0, false}));
    EXPECT_EQ(witness.next(), (Received{"t/1", "one", 1, false}));
    EXPECT_EQ(witness.next(), (Received{"t/2", "", 1, false}));
    EXPECT_EQ(witness.next(), (Received{"t/3", std::string(60'000, 'x'), 1, false}));
}

// What was sent between the two would be sent again by on_connected.
TEST_P(BrokerVersions, TakesMessagesFromOnConnectedOn) {
    BrokerClient client(options());
    client->start();
    bool too_early = false;
    ASSERT_TRUE(client.until([&] {
        too_early = too_early || (client->connected() && client.connections == 0);
        return client.connections > 0;
    }));
    EXPECT_FALSE(too_early);
}

TEST_P(BrokerVersions, RetainsWhatIsToBeRetained) {
    BrokerClient client(options());
    ASSERT_TRUE(client.connect());
    client->publish(
        {.topic = "t/a", .payload = "1", .qos = Qos::at_least_once, .retain = Retain::yes}, 1);
    client->publish({.topic = "t/b", .payload = "2", .qos = Qos::at_least_once}, 2);
    ASSERT_TRUE(client.until([&] { return client.delivered.size() == 2; }));
    Subscriber late(mosquitto_, "t/#");
    EXPECT_EQ(late.next(), (Received{"t/a", "1", 1, true}));
    publish(mosquitto_, "t/end", "");
    EXPECT_EQ(late.next(), (Received{"t/end", "", 1, false}));
}

TEST_P(BrokerVersions, ReceivesWhatItAskedFor) {
    publish(mosquitto_, "t/old", "kept", 1, true);
    BrokerClient client(options());
    ASSERT_TRUE(client.connect());
    client->subscribe("t/#", Qos::at_least_once);
    ASSERT_TRUE(client.until([&] { return client.messages.size() == 1; }));
    EXPECT_EQ(client.messages[0].topic, "t/old");
    EXPECT_EQ(client.messages[0].payload, "kept");
    EXPECT_EQ(client.messages[0].qos, Qos::at_least_once);
    EXPECT_EQ(client.messages[0].retain, Retain::yes);
    publish(mosquitto_, "t/new", std::string("\x01\xFFz"), 0);
    ASSERT_TRUE(client.until([&] { return client.messages.size() == 2; }));
    EXPECT_EQ(client.messages[1].topic, "t/new");
    EXPECT_EQ(client.messages[1].payload, "\x01\xFFz");
    EXPECT_EQ(client.messages[1].qos, Qos::at_most_once);
    EXPECT_EQ(client.messages[1].retain, Retain::no);

    client->subscribe("u", Qos::at_most_once);
    client->unsubscribe("t/#");
    ASSERT_TRUE(mosquitto_.wait_for_log("Sending UNSUBACK to pi"));
    publish(mosquitto_, "t/new", "unheard");
    publish(mosquitto_, "u", "heard");
    ASSERT_TRUE(client.until([&] { return client.messages.size() == 3; }));
    EXPECT_EQ(client.messages[2].topic, "u");
}

TEST_P(BrokerVersions, WhatIsTooLargeIsNotTaken) {
    BrokerClient other({.url = mosquitto_.url(), .client_id = "other", .mqtt5 = GetParam()});
    ASSERT_TRUE(other.connect());
    other->publish({.topic = "t/huge",
                    .payload = std::string(2'000'000, '['),
                    .qos = Qos::at_least_once,
                    .retain = Retain::yes},
                   1);
    ASSERT_TRUE(other.until([&] { return other.delivered.size() == 1; }));
    publish(mosquitto_, "t/small", "kept", 1, true);
    BrokerClient client(options());
    ASSERT_TRUE(client.connect());
    client->subscribe("t/#", Qos::at_least_once);
    ASSERT_TRUE(client.until([&] { return !client.messages.empty(); }));
    publish(mosquitto_, "t/end", "end", 1);
    ASSERT_TRUE(client.until([&] { return client.messages.back().topic == "t/end"; }));
    ASSERT_EQ(client.messages.size(), 2U);
    EXPECT_EQ(client.messages[0].topic, "t/small");
    EXPECT_THAT(client.causes, testing::IsEmpty());
}

TEST_P(BrokerVersions, AnExceptionOfAHandlerEndsNothing) {
    BrokerClient client(options());
    client.when_connected = [] { throw std::runtime_error("out of a handler"); };
    ASSERT_TRUE(client.connect());
    client->publish({.topic = "t", .payload = "x", .qos = Qos::at_least_once}, 1);
    EXPECT_TRUE(client.until([&] { return client.delivered.size() == 1; }));
    EXPECT_THAT(client.warnings, ElementsAre(HasSubstr("out of a handler")));
}

TEST_P(BrokerVersions, KeepsTheOrderOfManyAndTellsOfEach) {
    Subscriber witness(mosquitto_, "t/#");
    BrokerClient client(options());
    ASSERT_TRUE(client.connect());
    const auto begin = std::chrono::steady_clock::now();
    for (std::uint64_t i = 1; i <= many; ++i)
        ASSERT_TRUE(client->publish(
            {.topic = "t/" + std::to_string(i), .payload = "x", .qos = Qos::at_least_once}, i));
    ASSERT_TRUE(client.until([&] { return client.delivered.size() == many; }));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s) << "more in flight than paho bears";
    for (std::uint64_t i = 1; i <= many; ++i) {
        EXPECT_EQ(client.delivered[i - 1], i);
        EXPECT_EQ(witness.next().value_or(Received{}).topic, "t/" + std::to_string(i));
    }
}

TEST_P(BrokerVersions, FlushesBeforeItStopsAndLeavesOrderly) {
    Subscriber witness(mosquitto_, "#");
    auto with_will = options();
    with_will.will = {.topic = "will", .payload = "gone", .qos = Qos::at_least_once};
    BrokerClient client(with_will);
    ASSERT_TRUE(client.connect());
    for (std::uint64_t i = 1; i <= many; ++i)
        ASSERT_TRUE(client->publish(
            {.topic = "t/" + std::to_string(i), .payload = "x", .qos = Qos::at_least_once}, i));
    EXPECT_TRUE(client->publish({.topic = "t/last", .payload = "x"}));
    client->stop(5s);
    EXPECT_FALSE(client->connected());
    EXPECT_FALSE(client->publish({.topic = "t", .payload = "late"}));
    publish(mosquitto_, "end", "");
    std::set<std::string> topics;
    for (auto message = witness.next(); message && message->topic != "end";
         message = witness.next())
        topics.insert(message->topic);
    EXPECT_EQ(topics.size(), many + 1) << "not all, or the will";
    EXPECT_THAT(topics, Contains("t/last"));
    EXPECT_THAT(topics, testing::Not(Contains("will")));
    EXPECT_THAT(client.causes, testing::IsEmpty());
}

TEST_P(BrokerVersions, ARefusedPublicationIsNotToldAsDelivered) {
    BrokerClient client(options());
    ASSERT_TRUE(client.connect());
    EXPECT_TRUE(client->publish({.topic = "t/+", .payload = "x", .qos = Qos::at_least_once}, 1));
    client.until([&] { return !client.delivered.empty() || !client.causes.empty(); }, 5s);
    EXPECT_THAT(client.delivered, testing::IsEmpty());
}

// Breaks this process's connections to a port of localhost without notice to the other end.
void break_connections(std::uint16_t port) {
    for (int descriptor = 0; descriptor < 1024; ++descriptor) {
        sockaddr_in peer{};
        socklen_t size = sizeof peer;
        if (::getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &size) == 0 &&
            peer.sin_family == AF_INET && ntohs(peer.sin_port) == port)
            ::shutdown(descriptor, SHUT_RDWR);
    }
}

TEST_P(BrokerVersions, TheWillIsPublishedRetainedWhenTheConnectionBreaks) {
    Subscriber witness(mosquitto_, "r/status");
    auto with_will = options();
    with_will.will = {.topic = "r/status",
                      .payload = "offline",
                      .qos = Qos::at_least_once,
                      .retain = Retain::yes};
    BrokerClient client(with_will);
    ASSERT_TRUE(client.connect());
    break_connections(mosquitto_.port());
    EXPECT_EQ(witness.next(), (Received{"r/status", "offline", 1, false}));
    Subscriber late(mosquitto_, "r/status");
    EXPECT_EQ(late.next(), (Received{"r/status", "offline", 1, true}));
    EXPECT_TRUE(client.until([&] { return client.connections == 2; }));
    EXPECT_THAT(client.causes, ElementsAre("the connection was lost"));
}

} // namespace
