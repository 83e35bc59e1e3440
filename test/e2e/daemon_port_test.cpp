// The daemon's port: unplugging, parity, and damaged state files.
#include "support/daemon.hpp"
#include "support/meter_feed.hpp"
#include "support/program.hpp"
#include "support/witness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using nlohmann::json;
using support::Daemon;
using support::MeterFeed;
using support::Mosquitto;
using support::Octets;
using support::Pty;
using support::until;
using support::Witness;
using testing::HasSubstr;

class DaemonPort : public testing::Test {
  protected:
    DaemonPort() { broker.start(); }
    void write_state(const std::string& name, const std::string& contents) const {
        const fs::path path = daemon.state(name);
        fs::create_directories(path.parent_path());
        std::ofstream(path) << contents;
    }

    Mosquitto broker;
    MeterFeed meter{"kamstrup-3p4q"};
    Daemon daemon{{.device = meter.pty->path(), .url = broker.url()}};
};

TEST_F(DaemonPort, APtyThatComesBackUnderAnotherNameBringsFreshDataWithinTenSeconds) {
    const std::string link = daemon.folder.path("dev/meter");
    link_to(*meter.pty, link);
    daemon.options.device = link;
    Witness witness(broker);
    daemon.start_and_wait();
    (void)meter.send("live");
    ASSERT_TRUE(witness.until([&] { return witness.count("/list/live") == 1; }));
    const std::string old_name = meter.pty->path();
    auto other = std::make_unique<Pty>(); // while the old name is still taken
    ASSERT_NE(other->path(), old_name);
    meter.pty->close();
    fs::remove(link);
    ASSERT_TRUE(daemon.wait_for_log("trying again"));
    const auto back = std::chrono::steady_clock::now();
    meter.pty = std::move(other);
    link_to(*meter.pty, link);
    ASSERT_TRUE(until([&] { return meter.pty->marks_errors(); }, 10s));
    (void)meter.send("live");
    ASSERT_TRUE(witness.until([&] { return witness.count("/list/live") == 2; }));
    EXPECT_LT(std::chrono::steady_clock::now() - back, 10s);
    ASSERT_TRUE(daemon.wait_for_log("works again"));
}

TEST_F(DaemonPort, AMissingPortIsToldOnceAndFoundWhenItComes) {
    const std::string link = daemon.folder.path("dev/meter");
    daemon.options.device = link;
    Witness witness(broker);
    daemon.start();
    ASSERT_TRUE(daemon.wait_for_log("No such file or directory; trying again"));
    ASSERT_TRUE(daemon.wait_for_log("connected to the broker")); // live lists are not queued
    link_to(*meter.pty, link);
    ASSERT_TRUE(until([&] { return meter.pty->marks_errors(); }, 10s));
    (void)meter.send("live");
    ASSERT_TRUE(witness.until([&] { return witness.count("/list/live") == 1; }));
}

TEST_F(DaemonPort, ParityIsFoundSeenInTermiosAndRemembered) {
    daemon.options.parity = "auto";
    daemon.start_and_wait();
    EXPECT_FALSE(meter.pty->is_even_parity()) << "8N1 first";
    const Octets garbage(60, 0x55);
    meter.pty->write(garbage); // may be a burst joined late: proves nothing by itself
    ASSERT_TRUE(until([&] {
        std::this_thread::sleep_for(400ms); // silence ends a burst
        if (!meter.pty->is_even_parity())
            meter.pty->write(garbage);
        return meter.pty->is_even_parity();
    }));
    Witness witness(broker);
    (void)meter.send("live");
    ASSERT_TRUE(daemon.wait_for_log("intact frames with 8E1"));
    ASSERT_TRUE(until([&] { // written to a temporary file first
        return support::contents_of(daemon.state("ports.json")).contains(R"("even")");
    }));
    for (int i = 0; i < 3; ++i) { // locked: damage counts as noise from now on
        meter.pty->write(garbage);
        std::this_thread::sleep_for(400ms);
    }
    (void)meter.send("live");
    ASSERT_TRUE(witness.until([&] { return witness.count("/list/live") == 2; }));
    EXPECT_TRUE(meter.pty->is_even_parity());
    EXPECT_EQ(daemon.stop().status, 0);
    daemon.start();
    EXPECT_TRUE(daemon.wait_for_log("opened, 2400 baud 8E1"));
    EXPECT_TRUE(meter.pty->is_even_parity());
}

TEST_F(DaemonPort, DamagedFilesAreSetAsideToldAndNotFatal) {
    write_state("ports.json", "{\"half\":");
    write_state("outbox/0000000000000001.json", "");
    write_state("outbox/0000000000000002.json", "[1,2]\n");
    write_state("outbox/0000000000000003.json.new", "cut of");
    write_state("meters/7359992900000001.json", "\xff\xfe");
    Witness witness(broker);
    daemon.start_and_wait();
    for (const char* name : {"ports.json", "outbox/0000000000000001.json",
                             "outbox/0000000000000002.json", "meters/7359992900000001.json"}) {
        EXPECT_TRUE(daemon.wait_for_log(std::string(name) + " cannot be used")) << name;
        EXPECT_TRUE(fs::exists(daemon.state(std::string(name) + ".damaged"))) << name;
    }
    for (const char* name : {"outbox/0000000000000001.json", "outbox/0000000000000002.json",
                             "meters/7359992900000001.json"})
        EXPECT_FALSE(fs::exists(daemon.state(name))) << name;
    const json list = meter.send("hourly");
    ASSERT_TRUE(witness.until([&] { return witness.count("/list/hourly") == 1; }));
    EXPECT_EQ(witness.last("/list/hourly").at("values"), list.at("values"));
    EXPECT_TRUE(until([&] { return daemon.waiting() == 0; }));
    EXPECT_EQ(daemon.stop().status, 0);
}

// Valid JSON with wrong contents: other types in every place of ports.json.
TEST_F(DaemonPort, AnyContentOfPortsJsonIsSurvived) {
    for (const char* content :
         {"", "null", "[]", "[1]", "7", "{\"a\":{}}", "{\"a\":7}",
          "{\"a\":{\"parity\":7,\"meter_id\":\"\",\"meter_type\":\"\",\"manufacturer\":\"\"}}"}) {
        SCOPED_TRACE(content);
        write_state("ports.json", content);
        daemon.start_and_wait();
        EXPECT_EQ(daemon.stop().status, 0);
    }
}

TEST_F(DaemonPort, AStateDirectoryThatCannotBeUsedIsToldInWords) {
    daemon.folder.write("state", "a file");
    daemon.start();
    const auto outcome = daemon.process().finish();
    EXPECT_NE(outcome.status, 0);
    EXPECT_GT(outcome.status, 0) << "no crash";
    EXPECT_THAT(outcome.err, HasSubstr("state"));
}

} // namespace
