// One hourly list after the other to a broker that is there, gone, slow, or refuses some of them.
#include "publish/hourly_delivery.hpp"
#include "support/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace {

using hanport::mqtt::Message;
using hanport::publish::HourlyDelivery;
using hanport::store::HourlyRecord;
using hanport::store::HourlyStore;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint8_t not_authorised = 0x87;
constexpr std::uint8_t topic_name_invalid = 0x90;

HourlyRecord record(const std::string& payload, const std::string& meter_id = "1") {
    return {.topic = "t/" + meter_id,
            .payload = payload,
            .meter = {.meter_id = meter_id},
            .received = {}};
}

class HourlyDeliveryTest : public testing::Test {
  protected:
    HourlyDeliveryTest()
        : store(folder.path("state"), 100),
          delivery(
              store,
              [this](const Message& message, std::uint64_t id) {
                  if (!connected)
                      return false;
                  EXPECT_EQ(message.qos, hanport::mqtt::Qos::at_least_once);
                  EXPECT_EQ(message.retain, hanport::mqtt::Retain::yes);
                  sent.push_back(message.payload);
                  ids.push_back(id);
                  return true;
              },
              [this](const std::string& meter_id, const std::string& why) {
                  problems.push_back(meter_id + ": " + why);
              }) {}

    void take(const std::string& payload, const std::string& meter_id = "1") {
        store.put(record(payload, meter_id));
        delivery.send_next();
    }
    void refuse(std::uint8_t reason) { delivery.on_refused(ids.back(), reason); }
    void deliver() { delivery.on_delivered(ids.back()); }
    void pass_minutes(int count) {
        for (int i = 0; i < count; ++i)
            delivery.on_minute(connected);
    }
    void connect() {
        connected = true;
        delivery.on_connected();
    }

    support::Folder folder;
    HourlyStore store;
    bool connected = false;
    std::vector<std::string> sent;
    std::vector<std::uint64_t> ids;
    std::vector<std::string> problems; // as reported
    HourlyDelivery delivery;
};

TEST_F(HourlyDeliveryTest, WaitsForAConnection) {
    take("a");
    EXPECT_THAT(sent, IsEmpty());
    connect();
    EXPECT_THAT(sent, ElementsAre("a"));
}

TEST_F(HourlyDeliveryTest, SendsTheNextWhenTheOneBeforeHasArrived) {
    connect();
    take("a");
    take("b");
    take("c");
    EXPECT_THAT(sent, ElementsAre("a"));
    delivery.on_delivered(ids.back());
    EXPECT_THAT(sent, ElementsAre("a", "b"));
    delivery.on_delivered(ids.back());
    delivery.on_delivered(ids.back());
    EXPECT_THAT(sent, ElementsAre("a", "b", "c"));
    EXPECT_EQ(store.depth(), 0U);
}

TEST_F(HourlyDeliveryTest, SendsAgainWhatANewConnectionMayNotHave) {
    connect();
    take("a");
    connected = false;
    take("b");
    connect();
    EXPECT_THAT(sent, ElementsAre("a", "a"));
    delivery.on_delivered(ids.back());
    EXPECT_THAT(sent, ElementsAre("a", "a", "b"));
}

TEST_F(HourlyDeliveryTest, StrangersAreNotAcknowledgements) {
    connect();
    take("a");
    take("b");
    delivery.on_delivered(0); // all that is not hourly
    delivery.on_delivered(ids.back() + 1);
    EXPECT_THAT(sent, ElementsAre("a"));
    EXPECT_EQ(store.depth(), 2U);
}

TEST_F(HourlyDeliveryTest, ALateAcknowledgementOfAnOldConnectionIsGoodEnough) {
    connect();
    take("a");
    const auto id = ids.back();
    connect();
    delivery.on_delivered(id);
    EXPECT_EQ(store.depth(), 0U);
    delivery.on_delivered(id); // of the second sending
    take("b");
    EXPECT_EQ(sent.back(), "b");
}

// Like standard output.
TEST_F(HourlyDeliveryTest, DeliveryMayBeToldFromWithin) {
    std::vector<std::string> written;
    HourlyDelivery* self = nullptr;
    HourlyDelivery at_once(store, [&](const Message& message, std::uint64_t id) {
        written.push_back(message.payload);
        self->on_delivered(id);
        return true;
    });
    self = &at_once;
    take("a");
    take("b");
    at_once.send_next();
    EXPECT_THAT(written, ElementsAre("a", "b"));
    EXPECT_EQ(store.depth(), 0U);
}

// Dropped for capacity while it was under way.
TEST_F(HourlyDeliveryTest, AListDroppedWhileUnderWayDoesNotTakeAnotherWithIt) {
    HourlyStore small(folder.path("small"), 1);
    HourlyDelivery narrow(small, [&](const Message& message, std::uint64_t id) {
        sent.push_back(message.payload);
        ids.push_back(id);
        return true;
    });
    for (const char* payload : {"a", "b"}) {
        small.put(record(payload));
        narrow.send_next();
    }
    EXPECT_THAT(sent, ElementsAre("a"));
    narrow.on_delivered(ids.back());
    EXPECT_THAT(sent, ElementsAre("a", "b"));
    narrow.on_delivered(ids.back());
    EXPECT_EQ(small.depth(), 0U);
}

TEST_F(HourlyDeliveryTest, OtherTopicsOvertakeARefusedOne) {
    connect();
    for (const char* payload : {"a1", "a2"})
        take(payload, "a");
    for (const char* payload : {"b1", "b2"})
        take(payload, "b");
    refuse(not_authorised);
    EXPECT_THAT(sent, ElementsAre("a1", "b1"));
    deliver();
    deliver();
    EXPECT_THAT(sent, ElementsAre("a1", "b1", "b2"));
    EXPECT_EQ(store.depth(), 2U);
    EXPECT_THAT(problems, ElementsAre(testing::AllOf(testing::StartsWith("a: not authorised"),
                                                     testing::HasSubstr("ACL"))));
}

TEST_F(HourlyDeliveryTest, ARefusedTopicIsTriedMoreAndMoreSeldomAndSaidOnce) {
    connect();
    take("a");
    take("b");
    std::vector<int> waits;
    for (int round = 0; round < 6; ++round) {
        refuse(not_authorised);
        const std::size_t before = sent.size();
        for (waits.push_back(0); sent.size() == before && waits.back() < 60; ++waits.back())
            pass_minutes(1);
    }
    EXPECT_THAT(waits, ElementsAre(1, 2, 4, 8, 10, 10));
    EXPECT_EQ(problems.size(), 1U);
    deliver();
    deliver();
    EXPECT_EQ(sent.back(), "b");
    EXPECT_EQ(store.depth(), 0U);
    EXPECT_EQ(problems.size(), 2U);
    EXPECT_EQ(problems.back(), "1: ");
}

TEST_F(HourlyDeliveryTest, ANewConnectionTriesARefusedTopicAtOnce) {
    connect();
    take("a");
    refuse(not_authorised);
    EXPECT_THAT(sent, ElementsAre("a"));
    connect();
    EXPECT_THAT(sent, ElementsAre("a", "a"));
}

TEST_F(HourlyDeliveryTest, WhatEndsThreeConnectionsIsHeldAndTheOthersGoOut) {
    connect();
    take("poison", "a");
    take("good", "b");
    for (int loss = 1; loss <= 2; ++loss) {
        delivery.on_disconnected("the broker shuts down");
        delivery.on_disconnected("connection refused"); // by the next attempt
        connect();
        EXPECT_EQ(sent.back(), "poison") << loss;
    }
    connect();
    EXPECT_EQ(sent.back(), "good");
    deliver();
    EXPECT_THAT(problems, ElementsAre("a: the connection ends whenever one is sent: the broker "
                                      "shuts down"));
    connect();
    EXPECT_EQ(sent.back(), "good") << "a new connection is no reason to end that, too";
    pass_minutes(1);
    EXPECT_EQ(sent.back(), "poison");
}

TEST_F(HourlyDeliveryTest, WhatIsNotAcknowledgedForAMinuteIsHeld) {
    connect();
    take("a", "a");
    take("b", "b");
    pass_minutes(1);
    EXPECT_THAT(sent, ElementsAre("a")) << "it may have been sent a moment before";
    pass_minutes(1);
    EXPECT_THAT(sent, ElementsAre("a", "b"));
    EXPECT_THAT(problems, ElementsAre("a: the broker did not acknowledge one within a minute"));
}

TEST_F(HourlyDeliveryTest, NothingIsSaidOfAcknowledgementsWhereThereIsNoConnection) {
    connect();
    take("a");
    connected = false;
    pass_minutes(5);
    EXPECT_THAT(problems, IsEmpty());
    connect();
    EXPECT_THAT(sent, ElementsAre("a", "a"));
}

TEST_F(HourlyDeliveryTest, WhatCanNeverBeDeliveredIsSetAside) {
    connect();
    take("a");
    take("b");
    refuse(topic_name_invalid);
    EXPECT_THAT(sent, ElementsAre("a", "b"));
    EXPECT_TRUE(std::filesystem::exists(folder.path("state/outbox/0000000000000001.rejected")));
    EXPECT_EQ(store.depth(), 1U);
    EXPECT_THAT(problems, ElementsAre("1: the broker does not take this topic name"));
    deliver();
    EXPECT_EQ(problems.back(), "1: ");
}

// Its file is taken away, which would be noticed by reading it.
TEST_F(HourlyDeliveryTest, FilesOfAHeldTopicAreNotReadAgain) {
    connect();
    take("a", "a");
    refuse(not_authorised);
    take("a2", "a");
    std::filesystem::remove(folder.path("state/outbox/0000000000000002.json"));
    take("b", "b");
    deliver();
    EXPECT_THAT(sent, ElementsAre("a", "b"));
    EXPECT_EQ(store.depth(), 2U);
}

} // namespace
