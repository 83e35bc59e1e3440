// Every state file, damaged bit by bit, cut anywhere, unreadable, too large: loading never throws,
// what is damaged is set aside as it was, and no other number is believed.
#include "meter/analytics.hpp"
#include "store/analytics_store.hpp"
#include "store/checkpoint.hpp"
#include "store/hourly_store.hpp"
#include "store/port_state_file.hpp"
#include "support/process.hpp"
#include "support/program.hpp"
#include "unit/meter/snapshots.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using hanport::base::WallTime;
using hanport::meter::AnalyticsOptions;
using hanport::meter::AnalyticsState;
using hanport::meter::MeterAnalytics;
using hanport::store::AnalyticsStore;
using hanport::store::Checkpoint;
using hanport::store::HourlyRecord;
using hanport::store::HourlyStore;
using hanport::store::PortStateFile;
using support::Folder;

// Longer than what std::string holds without the heap, so that a value destroyed twice is noticed.
const std::string meter_id = "5706567000000001";
const WallTime now{std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + 12h};

HourlyRecord some_record() {
    HourlyRecord record{.topic = "hanport/" + meter_id + "/list/hourly",
                        .payload = R"({"meter":"5706567000000001"})",
                        .meter = {.meter_id = meter_id,
                                  .manufacturer = "Kamstrup",
                                  .meter_type = "6841121BN000000000",
                                  .list_id = "Kamstrup_V0001"},
                        .received = now};
    record.meter.values["active_energy_import"] =
        snapshots::value(26895120, 1, han::cosem::Unit::watt_hour);
    return record;
}

AnalyticsState some_state() {
    AnalyticsState state;
    state.import = {.known = true,
                    .value = 968'631'595'478'113,
                    .published = 968'631'652'568'701,
                    .offset = -7,
                    .last = now,
                    .watts = 2548,
                    .hour = now,
                    .at_hour = 968'631'595'478'000,
                    .hour_known = true,
                    .hour_complete = true};
    state.plausibility.registers["active_energy_import"] = {
        .wh = 269'064'340, .received = now, .clock = std::chrono::local_seconds(1795233605s)};
    state.plausibility.learned_power = 12'345;
    state.hours[now - 1h] = {.wh = 1999, .source = hanport::meter::HourSource::estimate};
    state.last_register = {.hour = now, .wh = 269'064'340};
    return state;
}

// The daemon's use of the loaded state: the sanitizers detect undefined behaviour.
void use(const AnalyticsState& state) {
    for (const bool clean : {false, true}) {
        MeterAnalytics meter(AnalyticsOptions{.tariff = hanport::meter::TariffOptions{}}, state,
                             clean);
        han::list::List list;
        list.kind = han::list::ListKind::hourly;
        list.readings = {{.obis = {1, 0, 1, 7, 0, 255},
                          .unit = han::cosem::Unit::watt,
                          .value = han::Decimal::of_unsigned(1000)},
                         {.obis = {1, 0, 1, 8, 0, 255},
                          .unit = han::cosem::Unit::watt_hour,
                          .value = han::Decimal::of_unsigned(269'064'350)}};
        const hanport::base::Instant then{.steady = {}, .wall = now};
        (void)meter.take(list, then.at(now + 10s));
        (void)meter.take(list, then.at(now + 1h));
        (void)meter.tariff_now(now + 1h);
    }
}

// The parsed contents of a text, written again; empty if the text is refused.
std::string home_again(const std::string& text) {
    const auto loaded = AnalyticsStore::state_of(text);
    if (!loaded)
        return {};
    const Folder folder;
    AnalyticsStore(folder.path(), meter_id).save(loaded->state, loaded->saved);
    return support::contents_of(folder.path("home/" + meter_id + ".json"));
}
std::string record_again(const std::string& text) {
    const auto record = hanport::store::hourly_record_of(text);
    return record ? hanport::store::to_text(*record) : std::string();
}
std::string corrections_again(const std::string& text) {
    const auto corrections = AnalyticsStore::corrections_of(text);
    if (!corrections)
        return {};
    const Folder folder;
    AnalyticsStore(folder.path(), meter_id).write_corrections(*corrections);
    return support::contents_of(folder.path("home/" + meter_id + ".corrections.json"));
}
std::string ports_again(const std::string& text) {
    const auto ports = hanport::store::stored_ports_of(text);
    if (!ports)
        return {};
    const Folder folder;
    PortStateFile file(folder.path());
    for (const auto& [device, port] : *ports)
        file.set(device, port.memory);
    return support::contents_of(folder.path("ports.json"));
}

struct StateFile {
    const char* name;
    const char* path;                        // in the state directory
    void (*write)(const std::string& state); // makes a good one
    void (*load)(const std::string& state);
    std::string (*text_again)(const std::string& text); // what is understood of it; empty: refused
};

std::ostream& operator<<(std::ostream& out, const StateFile& file) {
    return out << file.name;
}

const StateFile files[] = {
    {"Outbox", "outbox/0000000000000001.json",
     [](const std::string& state) { HourlyStore(state, 9).put(some_record()); },
     [](const std::string& state) {
         HourlyStore store(state, 9);
         (void)store.newest();
         if (const auto waiting = store.front())
             store.delivered(waiting->number);
     },
     record_again},
    {"Meters", "meters/5706567000000001.json",
     [](const std::string& state) {
         HourlyStore store(state, 9);
         store.put(some_record());
         store.delivered(store.front()->number);
     },
     [](const std::string& state) { (void)HourlyStore(state, 9).newest(); }, record_again},
    {"Home", "home/5706567000000001.json",
     [](const std::string& state) { AnalyticsStore(state, meter_id).save(some_state(), now); },
     [](const std::string& state) {
         if (const auto loaded = AnalyticsStore(state, meter_id).take())
             use(loaded->state);
     },
     home_again},
    {"Stopped", "home/5706567000000001.stopped.json",
     [](const std::string& state) {
         (void)AnalyticsStore(state, meter_id).save_at_end(some_state(), now);
     },
     [](const std::string& state) {
         if (const auto loaded = AnalyticsStore(state, meter_id).take())
             use(loaded->state);
     },
     home_again},
    {"Corrections", "home/5706567000000001.corrections.json",
     [](const std::string& state) {
         AnalyticsStore(state, meter_id)
             .write_corrections({{now - 1h, 4321}, {now - 5h, std::nullopt}});
     },
     [](const std::string& state) {
         hanport::meter::Tariff tariff(hanport::meter::TariffOptions{});
         tariff.correct(AnalyticsStore(state, meter_id).corrections());
         (void)tariff.view(now, 0, 0);
     },
     corrections_again},
    {"Ports", "ports.json",
     [](const std::string& state) {
         PortStateFile(state).set("/dev/serial/by-id/usb-M-Bus_0",
                                  {.parity = hanport::config::Parity::even,
                                   .meter_id = meter_id,
                                   .meter_type = "6841121BN000000000",
                                   .manufacturer = "Kamstrup_and_a_long_name"});
     },
     [](const std::string& state) { (void)PortStateFile(state).get("/dev/ttyUSB0"); }, ports_again},
};

class StateFileDamage : public testing::TestWithParam<StateFile> {
  protected:
    // Loads `damaged`; the file is then gone (taken), as it was, or set aside as it was.
    void check(const std::string& damaged, const std::string& what) const {
        for (const auto& entry : fs::directory_iterator(folder.path()))
            fs::remove_all(entry.path());
        fs::create_directories(fs::path(path()).parent_path());
        (void)folder.write(GetParam().path, damaged);
        EXPECT_NO_THROW(GetParam().load(folder.path())) << what;
        if (fs::exists(path() + ".damaged")) {
            EXPECT_EQ(support::contents_of(path() + ".damaged"), damaged) << what;
            EXPECT_FALSE(fs::exists(path())) << what;
        }
    }
    [[nodiscard]] bool is_set_aside() const { return fs::exists(path() + ".damaged"); }
    [[nodiscard]] std::string path() const { return folder.path(GetParam().path); }
    [[nodiscard]] std::string good() const {
        GetParam().write(folder.path());
        return support::contents_of(path());
    }

    Folder folder;
};

TEST_P(StateFileDamage, EveryBitMayBeWrong) {
    const std::string intact = good();
    std::string text = intact;
    ASSERT_FALSE(text.empty());
    std::size_t aside = 0;
    for (std::size_t at = 0; at < text.size(); ++at)
        for (unsigned bit = 0; bit < 8; ++bit) {
            const char before = text[at];
            text[at] = static_cast<char>(static_cast<unsigned char>(before) ^ (1U << bit));
            const std::string what = "octet " + std::to_string(at) + ", bit " + std::to_string(bit);
            check(text, what);
            aside += is_set_aside() ? 1 : 0;
            if (const std::string again = GetParam().text_again(text); !again.empty()) {
                EXPECT_EQ(again, intact) << what << " makes another value of it";
                EXPECT_FALSE(is_set_aside()) << what;
            }
            text[at] = before;
        }
    EXPECT_GT(aside, text.size());
}

TEST_P(StateFileDamage, WhatAnEarlierVersionWroteHasNoCheckSum) {
    const std::string intact = good();
    auto document = nlohmann::json::parse(intact);
    ASSERT_EQ(document.erase("checksum"), 1U);
    EXPECT_EQ(GetParam().text_again(document.dump() + '\n'), intact);
}

TEST_P(StateFileDamage, AnotherCheckSumIsNotBelieved) {
    auto document = nlohmann::json::parse(good());
    for (const nlohmann::json& other : {nlohmann::json("0123456789abcdef"), nlohmann::json(7),
                                        nlohmann::json(), nlohmann::json("")}) {
        document["checksum"] = other;
        check(document.dump(), other.dump());
        EXPECT_TRUE(is_set_aside()) << other.dump();
    }
}

TEST_P(StateFileDamage, ItMayEndAnywhere) {
    const std::string text = good();
    for (std::size_t size = 0; size + 2 < text.size(); ++size) {
        check(text.substr(0, size), std::to_string(size) + " octets");
        EXPECT_TRUE(is_set_aside()) << size;
    }
}

TEST_P(StateFileDamage, AnyMemberMayBeMissingOrOfAnotherType) {
    auto document = nlohmann::json::parse(good());
    document.erase("checksum"); // each change would be noticed
    const auto whole = document.flatten();
    for (const auto& [place, value] : whole.items())
        for (const auto& other :
             {nlohmann::json(), nlohmann::json("x"), nlohmann::json(-1), nlohmann::json(1e300),
              nlohmann::json(INT64_MIN), nlohmann::json(INT64_MAX), nlohmann::json(UINT64_MAX),
              nlohmann::json(true), nlohmann::json::array(), nlohmann::json::object()}) {
            auto changed = whole.unflatten();
            changed[nlohmann::json::json_pointer(place)] = other;
            check(changed.dump(), place + " = " + other.dump());
            changed = whole.unflatten();
            const nlohmann::json::json_pointer pointer(place);
            auto& parent = changed[pointer.parent_pointer()];
            if (parent.is_object())
                parent.erase(pointer.back());
            check(changed.dump(), "without " + place);
        }
}

TEST_P(StateFileDamage, NoOtherDocumentIsBelieved) {
    for (const char* const text : {"null", "true", "7", "\"x\"", "[]", "[[]]", "[{}]"}) {
        check(text, text);
        EXPECT_TRUE(is_set_aside()) << text;
    }
    constexpr std::size_t depth = 100'000;
    check(std::string(depth, '['), "nested");
    EXPECT_TRUE(is_set_aside());
}

// /proc/self/mem is a file whose first octet cannot be read: EIO.
TEST_P(StateFileDamage, AnErrorOfTheDiskIsNoEnd) {
    fs::create_directories(fs::path(path()).parent_path());
    fs::create_symlink("/proc/self/mem", path());
    EXPECT_NO_THROW(GetParam().load(folder.path()));
}

TEST_P(StateFileDamage, AFolderInItsPlaceIsNoEnd) {
    fs::create_directories(path());
    EXPECT_NO_THROW(GetParam().load(folder.path()));
}

TEST_P(StateFileDamage, AHugeFileIsSetAsideAndNotRead) {
    fs::create_directories(fs::path(path()).parent_path());
    (void)folder.write(GetParam().path, " ");
    fs::resize_file(path(), 1ULL << 40U);
    EXPECT_NO_THROW(GetParam().load(folder.path()));
    EXPECT_TRUE(is_set_aside());
}

INSTANTIATE_TEST_SUITE_P(All, StateFileDamage, testing::ValuesIn(files),
                         [](const auto& test) { return test.param.name; });

} // namespace
