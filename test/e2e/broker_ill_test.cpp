// Brokers that are ill: they accept and drop, never finish a packet, name a shorter keep alive.
#include "support/broker_client.hpp"
#include "support/fake_broker.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace {

using namespace std::chrono_literals;
using hanport::BrokerOptions;
using hanport::Qos;
using std::chrono::steady_clock;
using support::BrokerClient;
using support::FakeBroker;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

class BrokerIll : public testing::TestWithParam<bool> {
  protected:
    [[nodiscard]] static BrokerOptions options(const FakeBroker& broker) {
        return {.url = broker.url(), .client_id = "pi", .mqtt5 = GetParam()};
    }
};

INSTANTIATE_TEST_SUITE_P(All, BrokerIll, testing::Values(true, false),
                         [](const auto& test) { return test.param ? "Mqtt5" : "Mqtt311"; });

// After 0, 1, 3 and 7 s, and not each second.
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
    EXPECT_THAT(client.causes, testing::ElementsAre("the broker does not answer any more"));
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

} // namespace
