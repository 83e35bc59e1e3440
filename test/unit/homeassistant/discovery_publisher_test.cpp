// When a meter is announced: after the broker's answer, when something new is known, at births and
// on new connections.
#include "homeassistant/discovery_publisher.hpp"
#include "unit/meter/snapshots.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using hanport::config::DiscoveryStyle;
using hanport::homeassistant::DiscoveryPublisher;
using hanport::mqtt::Message;
using testing::Contains;
using testing::IsEmpty;

class FakePublisher : public hanport::publish::Publisher {
  public:
    void start() override {}
    [[nodiscard]] bool connected() const override { return is_connected; }
    bool publish(const Message& message, std::uint64_t) override {
        published.push_back(message);
        return is_connected;
    }
    void subscribe(const std::string& filter) override { subscribed.push_back(filter); }
    void unsubscribe(const std::string& filter) override { std::erase(subscribed, filter); }
    void stop(std::chrono::milliseconds) override {}

    bool is_connected = true;
    std::vector<Message> published;
    std::vector<std::string> subscribed;
};

class AnnouncerTest : public testing::Test {
  protected:
    // Runs until that many messages were published; false if they are not within 10 s.
    [[nodiscard]] bool published(std::size_t count) {
        const auto deadline = std::chrono::steady_clock::now() + 10s;
        io.restart();
        while (publisher.published.size() < count && io.run_one_until(deadline) > 0) {
        }
        return publisher.published.size() == count;
    }
    // Whatever is due within some time.
    void pass(std::chrono::milliseconds time) {
        io.restart();
        io.run_for(time);
    }

    boost::asio::io_context io;
    FakePublisher publisher;
    int births = 0;
    hanport::publish::Topics topics{.client_id = "pi"};
    DiscoveryPublisher announcer{
        io.get_executor(),      topics,    {.version = "1", .reactive_energy_class = true},
        DiscoveryStyle::device, publisher, [this] { ++births; }};
    hanport::meter::Snapshot meter = snapshots::kamstrup();
    std::string topic = topics.device_config(meter.meter_id);
};

TEST_F(AnnouncerTest, AsksTheBrokerFirstAndThenAnnouncesOnce) {
    announcer.on_connected();
    EXPECT_THAT(publisher.subscribed, Contains("homeassistant/status"));
    announcer.update(meter, false);
    EXPECT_THAT(publisher.subscribed, Contains(topic));
    EXPECT_THAT(publisher.published, IsEmpty());
    announcer.update(meter, false);
    ASSERT_TRUE(published(1));
    EXPECT_EQ(publisher.published[0].topic, topic);
    EXPECT_EQ(publisher.published[0].retain, hanport::mqtt::Retain::yes);
    EXPECT_THAT(publisher.subscribed, testing::Not(Contains(topic))) << "not heard for ever";
    announcer.update(meter, false);
    pass(100ms);
    EXPECT_EQ(publisher.published.size(), 1U) << "nothing new";
}

TEST_F(AnnouncerTest, AnnouncesAgainWhenTheMeterSendsMore) {
    announcer.on_connected();
    auto fewer = meter;
    fewer.values.erase("active_energy_import");
    announcer.update(fewer, false);
    ASSERT_TRUE(published(1));
    EXPECT_EQ(publisher.published[0].payload.find("Energy import\""), std::string::npos);
    announcer.update(meter, false);
    ASSERT_EQ(publisher.published.size(), 2U);
    EXPECT_NE(publisher.published[1].payload.find("\"Energy import\""), std::string::npos);
}

TEST_F(AnnouncerTest, AnswersABirthAfterSomeSeconds) {
    announcer.on_connected();
    announcer.update(meter, true);
    ASSERT_TRUE(published(1));
    announcer.on_message({.topic = "homeassistant/status", .payload = "offline"});
    announcer.on_message({.topic = "homeassistant/status", .payload = "online"});
    EXPECT_EQ(publisher.published.size(), 1U) << "not at once";
    ASSERT_TRUE(published(2));
    EXPECT_EQ(births, 1);
}

TEST_F(AnnouncerTest, ANewConnectionIsAskedAndToldAgain) {
    announcer.on_connected();
    announcer.update(meter, true);
    ASSERT_TRUE(published(1));
    publisher.subscribed.clear();
    announcer.on_connected();
    EXPECT_THAT(publisher.subscribed, Contains(topic));
    ASSERT_TRUE(published(2));
}

TEST_F(AnnouncerTest, AnAnswerOfAConnectionThatIsGoneDoesNotCount) {
    announcer.on_connected();
    announcer.update(meter, true);
    publisher.is_connected = false;
    pass(1500ms);
    EXPECT_THAT(publisher.published, IsEmpty());
    publisher.is_connected = true;
    announcer.on_connected();
    ASSERT_TRUE(published(1));
}

TEST_F(AnnouncerTest, WithoutConnectionNothingHappensUntilThereIsOne) {
    publisher.is_connected = false;
    announcer.update(meter, false);
    EXPECT_THAT(publisher.subscribed, IsEmpty());
    publisher.is_connected = true;
    announcer.update(meter, false);
    ASSERT_TRUE(published(1));
}

// Announced before, and not seen yet in this run: it stays until all lists have come.
TEST_F(AnnouncerTest, WhatTheBrokerHoldsStaysUntilTheMeterIsComplete) {
    announcer.on_connected();
    announcer.update(meter, false);
    announcer.on_message(
        {.topic = topic,
         .payload =
             R"({"components":{"old":{"platform":"sensor","unique_id":"u","name":"Old"}}})"});
    ASSERT_TRUE(published(1));
    EXPECT_NE(publisher.published[0].payload.find("\"Old\""), std::string::npos);
    announcer.update(meter, true);
    ASSERT_EQ(publisher.published.size(), 3U) << "first emptied, then left out";
    EXPECT_NE(publisher.published[1].payload.find(R"("old":{"platform":"sensor"})"),
              std::string::npos);
    EXPECT_EQ(publisher.published[2].payload.find("\"old\""), std::string::npos);
}

TEST_F(AnnouncerTest, AMeterThatIsGoneIsWithdrawn) {
    announcer.on_connected();
    announcer.update(meter, true);
    ASSERT_TRUE(published(1));
    announcer.withdraw(meter.meter_id);
    ASSERT_EQ(publisher.published.size(), 2U);
    EXPECT_EQ(publisher.published[1].topic, topic);
    EXPECT_EQ(publisher.published[1].payload, "");
    EXPECT_EQ(publisher.published[1].retain, hanport::mqtt::Retain::yes);
    announcer.on_connected();
    pass(1500ms);
    EXPECT_EQ(publisher.published.size(), 2U) << "for good";
}

// From an earlier run: only the broker knows the earlier discovery.
TEST_F(AnnouncerTest, AMeterThatThisRunNeverHeardIsWithdrawnByWhatTheBrokerHolds) {
    announcer.on_connected();
    announcer.withdraw(meter.meter_id);
    const std::string single =
        "homeassistant/sensor/hanport_" + meter.meter_id + "/active_power_import/config";
    announcer.on_message({.topic = single, .payload = R"({"unique_id":"u"})"});
    ASSERT_TRUE(published(1));
    EXPECT_EQ(publisher.published[0].topic, single);
    EXPECT_EQ(publisher.published[0].payload, "");
}

TEST_F(AnnouncerTest, AMeterThatComesBackIsAnnouncedAgain) {
    announcer.on_connected();
    announcer.withdraw(meter.meter_id);
    announcer.update(meter, true);
    ASSERT_TRUE(published(1));
    EXPECT_NE(publisher.published[0].payload, "");
}

// A broker may hold any number of topics of any size.
TEST_F(AnnouncerTest, KeepsNoMoreOfTheBrokersThanItCanUse) {
    announcer.on_connected();
    announcer.update(meter, false);
    const std::string begin = "homeassistant/sensor/hanport_" + meter.meter_id + "/k";
    for (int i = 0; i < 3000; ++i)
        announcer.on_message({.topic = begin + std::to_string(i) + "/config",
                              .payload = R"({"unique_id":"u)" + std::to_string(i) + "\"}"});
    announcer.on_message({.topic = topic, .payload = std::string(5'000'000, '[')});
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (publisher.published.empty() && io.run_one_until(deadline) > 0) {
    }
    EXPECT_THAT(publisher.published, testing::Not(IsEmpty()));
    EXPECT_LT(publisher.published.size(), 1100U) << "two for each at most";
}

} // namespace
