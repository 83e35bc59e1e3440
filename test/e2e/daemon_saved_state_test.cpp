// What the daemon keeps of a meter over restarts, crashes and damaged files.
#include "e2e/daemon_analytics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace {

using namespace std::chrono;
using namespace std::chrono_literals;
using nlohmann::json;
using support::Homes;
using support::import_of;
using support::live_import;
using support::until;
using support::with_import;
using support::Witness;
using testing::HasSubstr;

TEST_F(Homes, TheLiveCounterSurvivesRestartsAndNeverFalls) {
    double published = 0;
    {
        Witness witness(broker);
        daemon.start_and_wait();
        (void)send(witness, "live");
        EXPECT_FALSE(witness.last("/state").contains(live_import)) << "no register yet";
        const double good = import_of(send(witness, "hourly"));
        published = witness.last("/state").at(live_import);
        EXPECT_NEAR(published, good, 0.1);
    }
    EXPECT_EQ(daemon.stop().status, 0);
    {
        Witness witness(broker);
        daemon.start_and_wait();
        (void)send(witness, "live");
        const double after = witness.last("/state").at(live_import);
        EXPECT_GE(after, published) << "after an orderly end it goes on";
        published = after;
    }
    daemon.kill();
    {
        Witness witness(broker);
        daemon.start_and_wait();
        (void)send(witness, "live");
        const double after = witness.last("/state").at(live_import);
        EXPECT_GE(after, published) << "and after a crash";
        published = after;
    }
    daemon.kill();
    for (const auto& entry : std::filesystem::directory_iterator(daemon.folder.path()))
        if (entry.path().filename().string().starts_with("hanport-"))
            std::filesystem::remove(entry.path()); // a power cut
    Witness witness(broker);
    daemon.start_and_wait();
    (void)send(witness, "live");
    EXPECT_TRUE(witness.last("/state").at(live_import).is_null())
        << "nobody knows what was published last";
    const double good = import_of(send(witness, "hourly"));
    EXPECT_GE(witness.last("/state").at(live_import).get<double>(), std::max(good, published));
}

TEST_F(Homes, ASavedCounterThatDoesNotFitItsRegisterBeginsAgain) {
    const auto hourly = [&] { return with_import(meter.frame("hourly"), 100'800); };
    const auto live = [](const Witness& witness) {
        const json state = witness.last("/state");
        return state.is_null() ? state : state.value(live_import, json());
    };
    std::string id;
    {
        Witness witness(broker);
        daemon.start_and_wait();
        id = meter.send_again(hourly()).at("meter_id");
        ASSERT_TRUE(witness.until([&] { return !live(witness).is_null(); }));
        EXPECT_NEAR(live(witness).get<double>(), 1008, 0.2);
        EXPECT_EQ(daemon.stop().status, 0);
    }
    for (const char* const wrong : {"value", "published", "offset"}) {
        SCOPED_TRACE(wrong);
        const std::string file = daemon.state("home/" + id + ".stopped.json");
        json saved = json::parse(support::contents_of(file));
        ASSERT_EQ(saved.erase("checksum"), 1U) << "as an earlier version wrote it";
        saved["import"][wrong] = std::int64_t{278'779'000} * 3'600'000;
        (void)daemon.folder.write("saved", saved.dump() + '\n');
        std::filesystem::rename(daemon.folder.path("saved"), file);
        Witness witness(broker);
        daemon.start_and_wait();
        (void)send(witness, "live");
        EXPECT_TRUE(live(witness).is_null());
        (void)meter.send_again(hourly());
        ASSERT_TRUE(witness.until([&] { return !live(witness).is_null(); }));
        EXPECT_NEAR(live(witness).get<double>(), 1008, 0.2);
        EXPECT_THAT(
            daemon.stop().err,
            HasSubstr("meter " + id + ": the saved live counter of active_energy_import was "));
    }
}

TEST_F(Homes, AnHourlyListWithAFlippedBitIsNotPublished) {
    daemon.start_and_wait();
    broker.stop();
    ASSERT_TRUE(daemon.wait_for_log("no connection to the broker"));
    (void)meter.send("hourly");
    ASSERT_TRUE(until([&] { return daemon.waiting() == 1; }));
    EXPECT_EQ(daemon.stop().status, 0);
    const std::string file =
        std::filesystem::directory_iterator(daemon.state("outbox"))->path().string();
    std::string text = support::contents_of(file);
    const auto digit = text.find_first_of("0123456789", text.find("payload"));
    ASSERT_NE(digit, std::string::npos);
    text[digit] = static_cast<char>(text[digit] ^ 1);
    std::ofstream(file) << text;
    broker.start();
    Witness witness(broker);
    daemon.start_and_wait();
    EXPECT_TRUE(daemon.wait_for_log("cannot be used (the check sum is wrong); it is set aside"));
    EXPECT_EQ(support::contents_of(file + ".damaged"), text);
    (void)meter.send("hourly");
    ASSERT_TRUE(witness.until([&] { return witness.count("/list/hourly") > 0; }));
    witness.listen(300ms);
    EXPECT_EQ(witness.count("/list/hourly"), 1U) << "the one just sent";
}

TEST_F(Homes, TheStateIsWrittenOnceAnHourAndADamagedOneIsSetAside) {
    const auto begin = floor<hours>(system_clock::now());
    std::string id;
    {
        Witness witness(broker);
        daemon.start_and_wait();
        id = send(witness, "hourly").at("meter_id");
        const std::string file = daemon.state("home/" + id + ".json");
        ASSERT_TRUE(until([&] { return std::filesystem::exists(file); }));
        const std::string written = support::contents_of(file);
        for (int i = 0; i < 5; ++i)
            (void)send(witness, "hourly");
        if (floor<hours>(system_clock::now()) == begin) {
            EXPECT_EQ(support::contents_of(file), written);
        }
        daemon.kill();
        for (const char* const damage : {"{\"saved\":", "[]", "{}", "\xFF"}) {
            std::ofstream(file) << damage;
            daemon.start_and_wait();
            EXPECT_TRUE(daemon.wait_for_log(id + ".json cannot be used")) << damage;
            EXPECT_TRUE(std::filesystem::exists(file + ".damaged"));
            (void)send(witness, "live");
            daemon.kill();
            std::filesystem::remove(file + ".damaged");
        }
    }
}

} // namespace
