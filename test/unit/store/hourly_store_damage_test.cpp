// Hourly lists on a disk that is full or cannot be read, and files that are not what they should be.
#include "support/process.hpp"
#include "support/program.hpp"
#include "unit/store/hourly_store_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace {

namespace fs = std::filesystem;
using support::HourlyStoreTest;
using support::record;
using testing::ElementsAre;

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

} // namespace
