// One hourly list after the other to a broker that is there, gone, or slow.
#include "daemon/hourly_delivery.hpp"
#include "support/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using hanport::HourlyDelivery;
using hanport::HourlyRecord;
using hanport::HourlyStore;
using hanport::Message;
using testing::ElementsAre;
using testing::IsEmpty;

HourlyRecord record(const std::string& payload) {
    return {.topic = "t",
            .payload = payload,
            .meter = {.meter_id = "1"},
            .meter_hour = "",
            .received = {}};
}

class HourlyDeliveryTest : public testing::Test {
  protected:
    HourlyDeliveryTest()
        : store(folder.path("state"), 100),
          delivery(store, [this](const Message& message, std::uint64_t id) {
              if (!connected)
                  return false;
              EXPECT_EQ(message.qos, hanport::Qos::at_least_once);
              EXPECT_EQ(message.retain, hanport::Retain::yes);
              sent.push_back(message.payload);
              ids.push_back(id);
              return true;
          }) {}

    void take(const std::string& payload) {
        store.put(record(payload));
        delivery.pump();
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

// As standard output does it.
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
    at_once.pump();
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
        narrow.pump();
    }
    EXPECT_THAT(sent, ElementsAre("a"));
    narrow.on_delivered(ids.back());
    EXPECT_THAT(sent, ElementsAre("a", "b"));
    narrow.on_delivered(ids.back());
    EXPECT_EQ(small.depth(), 0U);
}

} // namespace
