// Hourly lists on disk: order, restarts, capacity, held and rejected lists.
#include "unit/store/hourly_store_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using hanport::store::HourlyStore;
using support::HourlyStoreTest;
using support::record;
using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(HourlyStoreTest, MakesItsFoldersAndIsEmpty) {
    auto store = open();
    EXPECT_EQ(store.depth(), 0U);
    EXPECT_FALSE(store.front());
    EXPECT_THAT(store.newest(), IsEmpty());
    EXPECT_THAT(files("outbox"), IsEmpty());
}

TEST_F(HourlyStoreTest, KeepsTheOrderOverARestart) {
    {
        auto store = open();
        for (const char* payload : {"a", "b", "c"})
            store.put(record(payload));
        EXPECT_EQ(store.depth(), 3U);
    }
    auto store = open();
    EXPECT_EQ(store.depth(), 3U);
    store.put(record("d"));
    EXPECT_THAT(drain(store), ElementsAre("a", "b", "c", "d"));
    EXPECT_THAT(files("outbox"), IsEmpty());
    EXPECT_THAT(files("meters"), ElementsAre("5706567000000456.json"));
}

TEST_F(HourlyStoreTest, AMoreThanTenthListStaysBehindTheNinth) {
    std::vector<std::string> payloads;
    {
        auto store = open();
        for (int i = 1; i <= 12; ++i) {
            payloads.push_back(std::to_string(i));
            store.put(record(payloads.back()));
        }
    }
    auto store = open();
    EXPECT_EQ(drain(store), payloads);
}

TEST_F(HourlyStoreTest, NothingIsLostOfARecord) {
    {
        open().put(record("{\"x\":1}"));
    }
    auto store = open();
    const auto waiting = store.front();
    ASSERT_TRUE(waiting);
    const auto expected = record("{\"x\":1}");
    EXPECT_EQ(waiting->record.topic, expected.topic);
    EXPECT_EQ(waiting->record.payload, expected.payload);
    EXPECT_EQ(waiting->record.received, expected.received);
    EXPECT_EQ(waiting->record.clock, expected.clock);
    EXPECT_EQ(waiting->record.meter.meter_id, expected.meter.meter_id);
    EXPECT_EQ(waiting->record.meter.manufacturer, expected.meter.manufacturer);
    EXPECT_EQ(waiting->record.meter.meter_type, expected.meter.meter_type);
    EXPECT_EQ(waiting->record.meter.list_id, expected.meter.list_id);
    ASSERT_EQ(waiting->record.meter.values.size(), expected.meter.values.size());
    for (const auto& [name, value] : expected.meter.values) {
        const auto& kept = waiting->record.meter.values.at(name);
        EXPECT_EQ(kept.value.magnitude, value.value.magnitude) << name;
        EXPECT_EQ(kept.value.negative, value.value.negative) << name;
        EXPECT_EQ(kept.value.exponent, value.value.exponent) << name;
        EXPECT_EQ(kept.unit, value.unit) << name;
        EXPECT_EQ(kept.kind, value.kind) << name;
    }
}

TEST_F(HourlyStoreTest, OctetsThatAreNoUtf8DoNotStopIt) {
    {
        open().put(record("{\"list_id\":\"\xff\"}"));
    }
    auto store = open();
    EXPECT_EQ(drain(store).size(), 1U);
}

TEST_F(HourlyStoreTest, TheNewestOfEachMeterIsKnownWaitingOrNot) {
    {
        auto store = open();
        store.put(record("1", "A"));
        store.put(record("2", "B"));
        EXPECT_THAT(drain(store), ElementsAre("1", "2"));
        store.put(record("3", "A"));
    }
    auto store = open();
    std::vector<std::string> payloads;
    for (const auto& newest : store.newest())
        payloads.push_back(newest.meter.meter_id + newest.payload);
    EXPECT_THAT(payloads, ElementsAre("A3", "B2"));
}

TEST_F(HourlyStoreTest, AForgottenMeterIsNotRemembered) {
    HourlyStore store = open();
    store.put(record("a", "1"));
    store.put(record("b", "2"));
    (void)drain(store);
    store.forget("1");
    store.forget("3");
    ASSERT_EQ(store.newest().size(), 1U);
    EXPECT_EQ(store.newest()[0].meter.meter_id, "2");
}

TEST_F(HourlyStoreTest, OnlyTheOldestCanBeDelivered) {
    auto store = open();
    store.put(record("a"));
    store.put(record("b"));
    const auto first = store.front()->number;
    store.delivered(first + 1);
    store.delivered(0);
    EXPECT_EQ(store.depth(), 2U);
    store.delivered(first);
    store.delivered(first); // acknowledged twice
    EXPECT_THAT(drain(store), ElementsAre("b"));
}

TEST_F(HourlyStoreTest, BeyondCapacityTheOldestAreDropped) {
    constexpr std::size_t few = 3;
    {
        auto store = open(few);
        for (const char* payload : {"a", "b", "c", "d", "e"})
            store.put(record(payload));
        EXPECT_EQ(store.depth(), few);
    }
    EXPECT_EQ(files("outbox").size(), few);
    auto store = open(few);
    EXPECT_THAT(drain(store), ElementsAre("c", "d", "e"));
}

TEST_F(HourlyStoreTest, MoreThanTheCapacityFoundAtStartIsDroppedWithTheNextList) {
    {
        auto store = open();
        for (const char* payload : {"a", "b", "c", "d"})
            store.put(record(payload));
    }
    constexpr std::size_t few = 2;
    auto store = open(few);
    store.put(record("e"));
    EXPECT_THAT(drain(store), ElementsAre("d", "e"));
}

TEST_F(HourlyStoreTest, ALongMeterIdIsDeliveredOnceAndForAll) {
    const std::string id(240, '9');
    {
        auto store = open();
        store.put(record("a", id));
        EXPECT_THAT(drain(store), ElementsAre("a"));
    }
    auto store = open();
    EXPECT_EQ(store.depth(), 0U);
    ASSERT_EQ(store.newest().size(), 1U);
    EXPECT_EQ(store.newest()[0].meter.meter_id, id);
}

TEST_F(HourlyStoreTest, HeldTopicsAreOvertaken) {
    const auto store_and_reopen = [&] {
        auto store = open();
        store.put(record("a", "1"));
        store.put(record("b", "2"));
    };
    store_and_reopen();
    auto store = open();
    const auto waiting =
        store.front([](const std::string& topic) { return topic == "hanport/1/list/hourly"; });
    ASSERT_TRUE(waiting);
    EXPECT_EQ(waiting->record.payload, "b");
    EXPECT_FALSE(store.front([](const std::string&) { return true; }));
    EXPECT_EQ(store.front()->record.payload, "a");
}

TEST_F(HourlyStoreTest, OfTheRejectedTheNewestHundredAreKept) {
    {
        auto store = open(200);
        for (int i = 0; i < 103; ++i) {
            store.put(record(std::to_string(i)));
            store.reject(store.front()->number);
        }
        EXPECT_EQ(store.depth(), 0U);
    }
    const auto names = files("outbox");
    ASSERT_EQ(names.size(), 100U);
    EXPECT_EQ(names.front(), "0000000000000004.rejected");
    auto store = open();
    EXPECT_EQ(store.depth(), 0U);
    store.put(record("next"));
    EXPECT_EQ(store.front()->number, 104U) << "no rejected one is overwritten";
}

TEST_F(HourlyStoreTest, AMeterIdIsNoPath) {
    auto store = open();
    store.put(record("a", "../../x/y"));
    EXPECT_THAT(drain(store), ElementsAre("a"));
    EXPECT_EQ(files("meters").size(), 1U);
}

} // namespace
