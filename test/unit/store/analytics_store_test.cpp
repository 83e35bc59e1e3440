// The state of a meter is stored and read back; damaged files are set aside; corrections are in
// another file.
#include "store/analytics_store.hpp"
#include "store/checkpoint.hpp"
#include "support/process.hpp"
#include "support/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace {

using namespace std::chrono_literals;
using hanport::base::WallTime;
using hanport::meter::AnalyticsState;
using hanport::store::AnalyticsStore;
using hanport::store::Checkpoint;
using support::Folder;
using testing::ElementsAre;
using testing::IsEmpty;

const WallTime now{std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + 12h};

AnalyticsState some_state() {
    AnalyticsState state;
    state.import = {.known = true,
                    .value = 968'631'595'478'113,
                    .published = 968'631'652'568'701,
                    .offset = -7,
                    .last = now + 10s,
                    .watts = 2548,
                    .hour = now,
                    .at_hour = 968'631'595'478'000,
                    .hour_known = true,
                    .hour_complete = true};
    state.plausibility.registers["active_energy_import"] = {
        .wh = 269'064'340, .received = now + 10s, .clock = std::chrono::local_seconds(1795233605s)};
    state.plausibility.registers["active_energy_export"] = {.wh = 1, .received = now};
    state.plausibility.learned_power = 12'345;
    state.hours[now - 2h] = {.wh = 2030, .source = hanport::meter::HourSource::registers};
    state.hours[now - 1h] = {.wh = 1999, .source = hanport::meter::HourSource::estimate};
    state.last_register = {.hour = now, .wh = 269'064'340};
    return state;
}

void expect_same(const hanport::meter::LiveCounter::State& a,
                 const hanport::meter::LiveCounter::State& b) {
    EXPECT_EQ(a.known, b.known);
    EXPECT_EQ(a.value, b.value);
    EXPECT_EQ(a.published, b.published);
    EXPECT_EQ(a.offset, b.offset);
    EXPECT_EQ(a.last, b.last);
    EXPECT_EQ(a.watts, b.watts);
    EXPECT_EQ(a.hour, b.hour);
    EXPECT_EQ(a.at_hour, b.at_hour);
    EXPECT_EQ(a.hour_known, b.hour_known);
    EXPECT_EQ(a.hour_complete, b.hour_complete);
}

TEST(HomeFileTest, WhatWasKeptComesBack) {
    const Folder folder;
    AnalyticsStore file(folder.path(), "57/06");
    EXPECT_FALSE(file.take().has_value());
    const AnalyticsState state = some_state();
    file.save(state, now);
    const auto loaded = AnalyticsStore(folder.path(), "57/06").take();
    ASSERT_TRUE(loaded.has_value());
    EXPECT_FALSE(loaded->clean);
    EXPECT_EQ(loaded->saved, now);
    expect_same(loaded->state.import, state.import);
    expect_same(loaded->state.exported, state.exported);
    EXPECT_EQ(loaded->state.hours, state.hours);
    EXPECT_EQ(loaded->state.last_register->hour, now);
    EXPECT_EQ(loaded->state.last_register->wh, 269'064'340);
    EXPECT_EQ(loaded->state.plausibility.learned_power, 12'345);
    const auto& registers = loaded->state.plausibility.registers;
    ASSERT_EQ(registers.size(), 2U);
    EXPECT_EQ(registers.at("active_energy_import").wh, 269'064'340);
    EXPECT_EQ(registers.at("active_energy_import").clock, std::chrono::local_seconds(1795233605s));
    EXPECT_FALSE(registers.at("active_energy_export").clock.has_value());
    EXPECT_THAT(AnalyticsStore::meters(folder.path()), ElementsAre("57_06"));
}

TEST(HomeFileTest, WhatAnOrderlyEndLeftIsTakenOnce) {
    const Folder folder;
    AnalyticsStore file(folder.path(), "7");
    AnalyticsState state = some_state();
    file.save(state, now);
    state.import.published += 1000;
    file.save_at_end(state, now + 20min);
    EXPECT_TRUE(file.look()->clean);
    const auto first = file.take();
    ASSERT_TRUE(first.has_value());
    EXPECT_TRUE(first->clean);
    EXPECT_EQ(first->state.import.published, state.import.published);
    EXPECT_EQ(first->saved, now) << "of the hourly file, which is written once an hour";
    const auto second = file.take();
    ASSERT_TRUE(second.has_value());
    EXPECT_FALSE(second->clean) << "a crash came between";
    EXPECT_THAT(AnalyticsStore::meters(folder.path()), ElementsAre("7"));
}

TEST(HomeFileTest, DamagedFilesAreSetAside) {
    const Folder folder;
    AnalyticsStore file(folder.path(), "7");
    file.save(some_state(), now);
    const std::string path = folder.path("home/7.json");
    const std::string good = support::contents_of(path);
    for (const std::string& bad :
         {std::string("{"), std::string("[]"), good.substr(0, good.size() / 2),
          std::string(R"({"meter_id":"7","saved":"x"})")}) {
        folder.write("home/7.json", bad);
        EXPECT_FALSE(file.take().has_value()) << bad;
        EXPECT_EQ(support::contents_of(path + ".damaged"), bad);
        EXPECT_FALSE(std::filesystem::exists(path));
    }
}

TEST(HomeFileTest, LookingChangesNothing) {
    const Folder folder;
    const AnalyticsStore file(folder.path(), "7");
    file.save(some_state(), now);
    for (const char* const name : {"home/7.json", "home/7.stopped.json", "home/7.corrections.json"})
        (void)folder.write(name, "{");
    EXPECT_FALSE(file.look().has_value());
    EXPECT_THAT(file.corrections(hanport::store::OnDamage::leave), IsEmpty());
    for (const char* const name : {"home/7.json", "home/7.stopped.json", "home/7.corrections.json"})
        EXPECT_EQ(support::contents_of(folder.path(name)), "{") << name;
}

TEST(HomeFileTest, ADiskThatRefusesIsReturned) {
    const Folder folder;
    const AnalyticsStore file(folder.path(), "7");
    EXPECT_TRUE(file.save_at_end(some_state(), now));
    std::filesystem::remove_all(folder.path("home"));
    (void)folder.write("home", "");
    EXPECT_FALSE(file.save_at_end(some_state(), now));
}

TEST(HomeFileTest, CorrectionsAreAFileOfTheirOwn) {
    const Folder folder;
    AnalyticsStore file(folder.path(), "7");
    EXPECT_THAT(file.corrections(), IsEmpty());
    EXPECT_FALSE(file.corrections_changed());
    const hanport::meter::TariffCorrections corrections{{now - 1h, 4321}, {now - 5h, std::nullopt}};
    AnalyticsStore(folder.path(), "7").write_corrections(corrections);
    EXPECT_TRUE(file.corrections_changed());
    EXPECT_FALSE(file.corrections_changed()) << "told once";
    EXPECT_EQ(file.corrections(), corrections);
    EXPECT_THAT(AnalyticsStore::meters(folder.path()), IsEmpty()) << "that is no meter's state";
    folder.write("home/7.corrections.json", "nonsense");
    EXPECT_THAT(file.corrections(), IsEmpty());
}

class InRuntimeDirectory {
  public:
    explicit InRuntimeDirectory(const std::string& path) {
        ::setenv("RUNTIME_DIRECTORY", path.c_str(), 1);
    }
    ~InRuntimeDirectory() { ::unsetenv("RUNTIME_DIRECTORY"); }
    InRuntimeDirectory(const InRuntimeDirectory&) = delete;
    InRuntimeDirectory& operator=(const InRuntimeDirectory&) = delete;
};

TEST(CheckpointTest, WhatWasWrittenLastComesBack) {
    const Folder folder;
    const InRuntimeDirectory runtime(folder.path());
    const AnalyticsState state = some_state();
    Checkpoint checkpoint("/var/lib/hanport", "7");
    EXPECT_FALSE(checkpoint.read().has_value());
    checkpoint.write({.import = state.import, .exported = state.exported});
    auto less = state.import;
    less.published = 1;
    less.value = 1;
    checkpoint.write({.import = less, .exported = state.exported});
    const auto read = Checkpoint("/var/lib/hanport", "7").read();
    ASSERT_TRUE(read.has_value());
    expect_same(read->import, less);
    EXPECT_FALSE(Checkpoint("/var/lib/other", "7").read().has_value()) << "another daemon's";
    EXPECT_FALSE(Checkpoint("/var/lib/hanport", "8").read().has_value());
    checkpoint.remove();
    EXPECT_FALSE(checkpoint.read().has_value());
}

TEST(CheckpointTest, HoldsNoDescriptor) {
    const Folder folder;
    const InRuntimeDirectory runtime(folder.path());
    const auto descriptors = [] {
        const std::filesystem::directory_iterator all("/proc/self/fd");
        return std::distance(begin(all), end(all));
    };
    const auto before = descriptors();
    std::vector<Checkpoint> checkpoints;
    for (const char* const meter : {"1", "2", "3", "4"})
        checkpoints.emplace_back("/var/lib/hanport", meter).write({});
    EXPECT_EQ(descriptors(), before);
}

TEST(CheckpointTest, AnotherVersionsAndACutOneAreNotBelieved) {
    const Folder folder;
    const InRuntimeDirectory runtime(folder.path());
    Checkpoint checkpoint("/var/lib/hanport", "7");
    checkpoint.write({.import = some_state().import});
    const auto file = std::filesystem::directory_iterator(folder.path())->path();
    std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).put('9'); // "9.1.0"
    EXPECT_FALSE(checkpoint.read().has_value());
    checkpoint.write({.import = some_state().import});
    EXPECT_TRUE(checkpoint.read().has_value());
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);
    EXPECT_FALSE(checkpoint.read().has_value());
}

TEST(CheckpointTest, NoDamagedBitIsBelieved) {
    const AnalyticsState state = some_state();
    std::string octets = Checkpoint::octets_of({.import = state.import});
    ASSERT_TRUE(Checkpoint::counters_of(octets).has_value());
    for (char& octet : octets)
        for (unsigned bit = 0; bit < 8; ++bit) {
            const char before = octet;
            octet = static_cast<char>(static_cast<unsigned char>(before) ^ (1U << bit));
            EXPECT_FALSE(Checkpoint::counters_of(octets).has_value());
            octet = before;
        }
    for (std::size_t size = 0; size < octets.size(); ++size)
        EXPECT_FALSE(Checkpoint::counters_of(octets.substr(0, size)).has_value());
}

TEST(CheckpointTest, WithoutMemoryNothingHappens) {
    const Folder folder;
    const InRuntimeDirectory runtime(folder.path("none"));
    Checkpoint checkpoint("/var/lib/hanport", "7");
    checkpoint.write({});
    EXPECT_FALSE(checkpoint.read().has_value());
    checkpoint.remove();
}

} // namespace
