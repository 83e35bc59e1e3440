// Hourly lists on disk: order, restarts, capacity, and files that are not what they should be.
#include "store/hourly_store.hpp"
#include "support/process.hpp"
#include "support/program.hpp"
#include "unit/meter/snapshots.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace {

namespace fs = std::filesystem;
using hanport::store::HourlyRecord;
using hanport::store::HourlyStore;
using testing::ElementsAre;
using testing::IsEmpty;

HourlyRecord record(const std::string& payload, const std::string& meter_id = "5706567000000456") {
    HourlyRecord record{.topic = "hanport/" + meter_id + "/list/hourly",
                        .payload = payload,
                        .meter = snapshots::kamstrup(),
                        .clock = std::chrono::local_seconds(std::chrono::seconds(1795233605)),
                        .received = snapshots::received};
    record.meter.meter_id = meter_id;
    auto heat = snapshots::value(4444, 7, han::cosem::Unit::joule);
    heat.kind = han::cosem::QuantityKind::heat_energy;
    record.meter.values["heat_energy"] = heat;
    return record;
}

class HourlyStoreTest : public testing::Test {
  protected:
    static constexpr std::size_t capacity = 100;

    [[nodiscard]] HourlyStore open(std::size_t most = capacity) const {
        return {folder.path("state"), most};
    }
    // Everything that waits, delivered one after the other.
    static std::vector<std::string> drain(HourlyStore& store) {
        std::vector<std::string> payloads;
        while (const auto waiting = store.front()) {
            payloads.push_back(waiting->record.payload);
            store.delivered(waiting->number);
        }
        return payloads;
    }
    [[nodiscard]] std::vector<std::string> files(const std::string& name) const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder.path("state/" + name)))
            names.push_back(entry.path().filename().string());
        std::ranges::sort(names);
        return names;
    }

    support::Folder folder;
};

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

TEST_F(HourlyStoreTest, ACrashWhileWritingLeavesNothingThatCounts) {
    {
        auto store = open();
        store.put(record("a"));
    }
    const auto leftover =
        folder.write("state/outbox/0000000000000002.json.new", "{\"topic\":\"han");
    folder.write("state/meters/5706567000000456.json.new", "{");
    auto store = open();
    EXPECT_FALSE(std::filesystem::exists(leftover));
    EXPECT_EQ(store.depth(), 1U);
    store.put(record("b")); // over the leftover
    EXPECT_THAT(drain(store), ElementsAre("a", "b"));
    EXPECT_THAT(store.newest(), testing::SizeIs(1));
}

struct Damage {
    const char* name;
    const char* contents;
};
class HourlyStoreDamage : public HourlyStoreTest, public testing::WithParamInterface<Damage> {};

TEST_P(HourlyStoreDamage, IsSetAsideAndTheOthersAreDelivered) {
    {
        auto store = open();
        for (const char* payload : {"a", "b", "c"})
            store.put(record(payload));
    }
    folder.write("state/outbox/0000000000000002.json", GetParam().contents);
    folder.write("state/meters/1.json", GetParam().contents);
    auto store = open();
    EXPECT_THAT(store.newest(), testing::SizeIs(1));
    EXPECT_THAT(drain(store), ElementsAre("a", "c"));
    EXPECT_THAT(files("outbox"), ElementsAre("0000000000000002.json.damaged"));
    EXPECT_THAT(files("meters"), testing::Contains("1.json.damaged"));
    EXPECT_EQ(support::contents_of(folder.path("state/outbox/0000000000000002.json.damaged")),
              GetParam().contents);
}

INSTANTIATE_TEST_SUITE_P(
    All, HourlyStoreDamage,
    testing::Values(Damage{"Empty", ""}, Damage{"CutOff", R"({"topic":"hanport/1/list/hou)"},
                    Damage{"NoJson", "\xff\xfe\x01"}, Damage{"Null", "null"},
                    Damage{"Array", "[1,2,3]"}, Damage{"NoMembers", "{}"},
                    Damage{"WrongKinds",
                           R"({"topic":1,"payload":[],"meter_id":null,"manufacturer":"",)"
                           R"("meter_type":"","list_id":"","received_ms":"x",)"
                           R"("registers":{}})"},
                    Damage{"RegistersAreNone",
                           R"({"topic":"t","payload":"p","meter_id":"1","manufacturer":"",)"
                           R"("meter_type":"","list_id":"","received_ms":1,)"
                           R"("registers":{"a":7}})"}),
    [](const auto& test) { return test.param.name; });

TEST_F(HourlyStoreTest, WhatIsNotItsOwnIsLeftAlone) {
    {
        auto store = open();
        store.put(record("a"));
    }
    folder.write("state/outbox/notes.txt", "mine");
    folder.write("state/outbox/x1.json", "mine");
    folder.write("state/outbox/99999999999999999999999.json", "mine");
    auto store = open();
    EXPECT_THAT(drain(store), ElementsAre("a"));
    EXPECT_EQ(files("outbox").size(), 3U);
}

// A file where the folder should be: nothing can be written, also not by root.
class HourlyStoreFullDisk : public HourlyStoreTest {
  protected:
    void refuse() const {
        fs::remove_all(folder.path("state"));
        (void)folder.write("state", "");
    }
    void make_room() const { fs::remove(folder.path("state")); }
};

TEST_F(HourlyStoreFullDisk, WhatIsInMemoryGoesToDiskWithTheNextList) {
    {
        auto store = open();
        refuse();
        store.put(record("a"));
        store.put(record("b"));
        make_room();
        store.put(record("c"));
        EXPECT_EQ(files("outbox").size(), 3U);
    }
    auto store = open();
    EXPECT_THAT(drain(store), ElementsAre("a", "b", "c"));
}

TEST_F(HourlyStoreFullDisk, WhatIsInMemoryGoesToDiskWhenAsked) {
    auto store = open();
    refuse();
    store.put(record("a"));
    EXPECT_EQ(store.keep(), 1U);
    make_room();
    EXPECT_EQ(store.keep(), 0U);
    EXPECT_EQ(files("outbox").size(), 1U);
}

TEST_F(HourlyStoreFullDisk, WhatIsInMemoryGoesToDiskAtTheEnd) {
    {
        auto store = open();
        refuse();
        store.put(record("a"));
        make_room();
    }
    auto store = open();
    EXPECT_THAT(drain(store), ElementsAre("a"));
}

TEST_F(HourlyStoreFullDisk, IsNoReasonNotToStart) {
    fs::create_directories(folder.path("state"));
    for (const char* folder_of_lists : {"state/outbox", "state/meters"})
        (void)folder.write(folder_of_lists, "");
    auto store = open();
    store.put(record("a"));
    EXPECT_THAT(store.newest(), testing::SizeIs(1));
    EXPECT_THAT(drain(store), ElementsAre("a"));
}

TEST_F(HourlyStoreTest, DeletedFoldersAreMadeAgain) {
    auto store = open();
    fs::remove_all(folder.path("state"));
    store.put(record("a"));
    EXPECT_EQ(files("outbox").size(), 1U);
    fs::remove_all(folder.path("state/meters"));
    EXPECT_THAT(drain(store), ElementsAre("a"));
    EXPECT_EQ(files("meters").size(), 1U);
}

// /proc/self/mem cannot be read from its beginning: EIO.
TEST_F(HourlyStoreTest, AListThatCannotBeReadForAMomentIsNotDropped) {
    auto store = open();
    for (const char* payload : {"a", "b"})
        store.put(record(payload));
    const fs::path first = folder.path("state/outbox/0000000000000001.json");
    const fs::path away = folder.path("away");
    fs::rename(first, away);
    fs::create_symlink("/proc/self/mem", first);
    EXPECT_THAT(drain(store), ElementsAre("b")) << "it does not hold up the others";
    EXPECT_EQ(store.depth(), 1U);
    fs::remove(first);
    fs::rename(away, first);
    EXPECT_THAT(drain(store), ElementsAre("a"));
}

TEST_F(HourlyStoreTest, AFolderInPlaceOfALeftoverIsNoEnd) {
    {
        auto store = open();
    }
    fs::create_directories(folder.path("state/outbox/0000000000000002.json.new/x"));
    auto store = open();
    EXPECT_EQ(store.depth(), 0U);
}

TEST_F(HourlyStoreTest, ANumberThatItNeverGivesIsNotItsOwn) {
    {
        auto store = open();
    }
    (void)folder.write("state/outbox/0000000000000000.json", "mine");
    (void)folder.write("state/outbox/7.json", "mine");
    auto store = open();
    EXPECT_EQ(store.depth(), 0U);
}

TEST_F(HourlyStoreTest, ATopicThatNoBrokerTakesIsDamage) {
    auto wrong = record("a");
    wrong.topic = "hanport/+/list";
    {
        open().put(wrong);
    }
    auto store = open();
    EXPECT_FALSE(store.front());
    EXPECT_THAT(files("outbox"), ElementsAre("0000000000000001.json.damaged"));
}

// Lists in memory are delivered too.
TEST_F(HourlyStoreFullDisk, ListsAreKeptInMemory) {
    auto store = open();
    store.put(record("a"));
    refuse();
    store.put(record("b"));
    store.put(record("c"));
    EXPECT_EQ(store.depth(), 3U);
    EXPECT_THAT(drain(store), ElementsAre("b", "c")) << "the file of the first is gone";
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
