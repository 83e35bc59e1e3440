// Faulty brokers: they accept and drop connections, never finish a packet, request a shorter keep
// alive, or refuse messages.
#include "support/broker_client.hpp"
#include "support/fake_broker.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace {

using namespace std::chrono_literals;
using hanport::mqtt::BrokerOptions;
using hanport::mqtt::Qos;
using std::chrono::steady_clock;
using support::BrokerClient;
using support::FakeBroker;
using support::Mosquitto;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

class BrokerIll : public testing::TestWithParam<bool> {
  protected:
    [[nodiscard]] static BrokerOptions options(const FakeBroker& broker) {
        return {.url = broker.url(), .client_id = "pi", .mqtt5 = GetParam()};
    }
};

INSTANTIATE_TEST_SUITE_P(All, BrokerIll, testing::Values(true, false),
                         [](const auto& test) { return test.param ? "Mqtt5" : "Mqtt311"; });

// Attempts after 0, 1, 3 and 7 s, not every second.
TEST_P(BrokerIll, OneThatAcceptsAndDropsIsAskedMoreAndMoreSeldom) {
    FakeBroker broker({.then = FakeBroker::Then::drop});
    BrokerClient client(options(broker));
    client.when_connected = [&] { client->publish({.topic = "t", .payload = "x"}); };
    client->start();
    (void)client.until([] { return false; }, 6s);
    EXPECT_LE(broker.connects(), 3);
    EXPECT_GE(broker.connects(), 2);
    EXPECT_THAT(std::set<std::string>(client.causes.begin(), client.causes.end()),
                SizeIs(client.causes.size()))
        << "told more than once";
    EXPECT_THAT(client.causes, testing::Each(Not(HasSubstr("mqtts://"))));
}

// What looks for the cause of a failed attempt is a connection too: it is not repeated after each.
TEST_P(BrokerIll, OneThatDropsAtOnceIsDiagnosedOnce) {
    FakeBroker broker({.then = FakeBroker::Then::refuse});
    BrokerClient client(options(broker));
    client->start();
    (void)client.until([] { return false; }, 6s); // attempts after 0, 1 and 3 s
    EXPECT_LE(broker.connections(), GetParam() ? 4 : 7) << "paho connects twice with MQTT 3.1.1";
    EXPECT_THAT(client.causes, SizeIs(1));
}

TEST_P(BrokerIll, AnUnfinishedPacketDoesNotHoldUpWhatIsToBeDelivered) {
    FakeBroker broker({.then = FakeBroker::Then::unfinished});
    BrokerClient client(options(broker));
    client.when_connected = [&] {
        broker.heal();
        client->publish({.topic = "t", .payload = "x", .qos = Qos::at_least_once}, 1);
    };
    const auto begin = steady_clock::now();
    client->start();
    ASSERT_TRUE(client.until([&] { return !client.delivered.empty(); }, 60s));
    EXPECT_LT(steady_clock::now() - begin, 40s);
    EXPECT_THAT(client.causes, ElementsAre("the broker does not answer any more"));
}

TEST_P(BrokerIll, ARefusedSubscriptionIsToldOnce) {
    FakeBroker broker({.suback = static_cast<std::uint8_t>(GetParam() ? 0x87 : 0x80)});
    BrokerClient client(options(broker));
    ASSERT_TRUE(client.connect());
    for (const char* filter : {"t/#", "t/#", "u"})
        client->subscribe(filter, Qos::at_least_once);
    ASSERT_TRUE(client.until([&] { return client.warnings.size() == 2; }));
    EXPECT_THAT(client.warnings[0],
                StartsWith(GetParam()
                               ? "the broker refuses the subscription to t/#: not authorised"
                               : "the broker refuses the subscription to t/#: the broker gives no "
                                 "reason"));
    EXPECT_THAT(client.warnings[1], HasSubstr(" u: "));
}

TEST(BrokerIll5, AShorterKeepAliveOfTheBrokersIsObeyed) {
    FakeBroker broker({.server_keep_alive = 2});
    BrokerClient client({.url = broker.url(), .client_id = "pi"});
    ASSERT_TRUE(client.connect());
    (void)client.until([] { return false; }, 6s);
    EXPECT_EQ(client.connections, 1);
    EXPECT_GT(broker.longest_silence(), 0ms);
    EXPECT_LT(broker.longest_silence(), 2000ms);
}

TEST(BrokerIll5, ARefusedMessageIsToldWithItsReasonAndHoldsUpNothing) {
    FakeBroker broker({.reason = [](const std::string& topic) -> std::uint8_t {
        return topic == "good" ? 0 : 0x87;
    }});
    BrokerClient client({.url = broker.url(), .client_id = "pi"});
    ASSERT_TRUE(client.connect());
    client->publish({.topic = "bad", .payload = "x", .qos = Qos::at_least_once}, 1);
    for (int i = 0; i < 3; ++i)
        client->publish({.topic = "other", .payload = "x", .qos = Qos::at_least_once});
    client->publish({.topic = "good", .payload = "x", .qos = Qos::at_least_once}, 2);
    ASSERT_TRUE(client.until([&] { return !client.delivered.empty(); }));
    EXPECT_THAT(client.delivered, ElementsAre(2));
    EXPECT_THAT(client.refused, ElementsAre(std::pair<std::uint64_t, int>(1, 0x87)));
    EXPECT_THAT(client.warnings,
                ElementsAre(StartsWith("the broker refuses other: not authorised")));
    EXPECT_THAT(client.causes, IsEmpty());
}

// The topic name that a real broker uses.
TEST(BrokerIll5, WhatIsTooLargeForTheBrokerIsNotSent) {
    Mosquitto mosquitto({.extra = "max_packet_size 200\n"});
    mosquitto.start();
    BrokerClient client({.url = mosquitto.url(), .client_id = "pi"});
    ASSERT_TRUE(client.connect());
    constexpr std::size_t overhead = 9; // octets of the packet that are neither topic nor payload
    const auto send = [&](std::size_t payload, std::uint64_t id) {
        client->publish(
            {.topic = "t", .payload = std::string(payload, 'x'), .qos = Qos::at_least_once}, id);
    };
    send(200 - overhead + 1, 1);
    send(200 - overhead, 2);
    ASSERT_TRUE(client.until([&] { return !client.delivered.empty() && !client.refused.empty(); }));
    EXPECT_THAT(client.refused, ElementsAre(std::pair<std::uint64_t, int>(1, 0x95)));
    EXPECT_THAT(client.delivered, ElementsAre(2));
    EXPECT_THAT(client.causes, IsEmpty());
}

struct Refusal {
    const char* name;
    bool mqtt5;
    std::uint8_t code;
    std::string text;
};

class BrokerConnack : public testing::TestWithParam<Refusal> {};

TEST_P(BrokerConnack, IsSaidInWords) {
    FakeBroker broker({.connack = GetParam().code});
    BrokerClient client({.url = broker.url(), .client_id = "pi", .mqtt5 = GetParam().mqtt5});
    client->start();
    ASSERT_TRUE(client.until([&] { return !client.causes.empty(); }));
    EXPECT_EQ(client.causes[0], GetParam().text);
    broker.heal();
    EXPECT_TRUE(client.until([&] { return client.connections == 1; }));
}

INSTANTIATE_TEST_SUITE_P(
    All, BrokerConnack,
    testing::Values(Refusal{"Unnamed", true, 0x80, "the broker gives no reason"},
                    Refusal{"ClientId", true, 0x85, "the broker refuses this client id"},
                    Refusal{"Banned", true, 0x8A, "the broker has banned this client"},
                    Refusal{"Quota", true, 0x97, "the broker's quota is used up"},
                    Refusal{"NoRetain", true, 0x9A, "the broker does not retain messages"},
                    Refusal{"Moved", true, 0x9D, "the broker has moved"},
                    Refusal{"OfTheFuture", true, 0xBB, "the broker gives the reason 0xBB"},
                    Refusal{"ClientIdOld", false, 2, "the broker refuses this client id"},
                    Refusal{"UnavailableOld", false, 3, "the broker says it is unavailable"}),
    [](const auto& test) { return test.param.name; });

class BrokerDisconnect : public testing::TestWithParam<Refusal> {};

TEST_P(BrokerDisconnect, IsSaidInWords) {
    FakeBroker broker({.end = [](const std::string&) { return GetParam().code; }});
    BrokerClient client({.url = broker.url(), .client_id = "pi", .mqtt5 = GetParam().mqtt5});
    ASSERT_TRUE(client.connect());
    client->publish({.topic = "t", .payload = "x", .qos = Qos::at_least_once}, 1);
    ASSERT_TRUE(client.until([&] { return !client.causes.empty(); }));
    EXPECT_EQ(client.causes[0], GetParam().text);
    EXPECT_THAT(client.delivered, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    All, BrokerDisconnect,
    testing::Values(
        Refusal{"Shutdown", true, 0x8B, "the broker shuts down"},
        Refusal{"TakenOver", true, 0x8E, "another client has connected with the same client id"},
        Refusal{"TooLarge", true, 0x95, "the broker refuses a message as too large"},
        Refusal{"Administrator", true, 0x98, "the broker's administrator ended the connection"},
        Refusal{"Format", true, 0x99, "the broker refuses the format of a message"},
        Refusal{"Silent", false, 0x98, "the connection was lost"}),
    [](const auto& test) { return test.param.name; });

} // namespace
