// What the daemon publishes and reports when it ends, and how long an orderly stop takes.
#include "support/daemon.hpp"
#include "support/meter_feed.hpp"
#include "support/witness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using support::Daemon;
using support::MeterFeed;
using support::Mosquitto;
using support::Witness;

const std::string status = "hanport/reader/pi/status";

class DaemonEnd : public testing::Test {
  protected:
    // Ends it with SIGTERM and measures the time.
    [[nodiscard]] support::Outcome stop() {
        const auto begin = steady_clock::now();
        auto outcome = daemon.stop();
        took = steady_clock::now() - begin;
        return outcome;
    }

    Mosquitto broker;
    MeterFeed meter{"kamstrup-3p4q"};
    Daemon daemon{{.device = meter.pty->path(), .url = broker.url()}};
    steady_clock::duration took{};
};

TEST_F(DaemonEnd, TheLastWillTellsOfASigkill) {
    broker.start();
    Witness witness(broker);
    daemon.start_and_wait();
    ASSERT_TRUE(witness.until([&] { return witness.count(status) == 1; }));
    EXPECT_EQ(witness.payloads(status).back(), "online");
    daemon.kill();
    ASSERT_TRUE(witness.until([&] { return witness.count(status) == 2; }));
    EXPECT_EQ(witness.payloads(status).back(), "offline");
    Witness later(broker, status);
    ASSERT_TRUE(later.until([&] { return later.count(status) == 1; }));
    EXPECT_TRUE(later.all.back().retained);
    EXPECT_EQ(later.all.back().payload, "offline");
    daemon.start();
    ASSERT_TRUE(later.until([&] { return later.count(status) == 2; }));
    EXPECT_EQ(later.payloads(status).back(), "online");
}

TEST_F(DaemonEnd, SigtermSaysOfflineAndEndsWithinTwoSeconds) {
    broker.start();
    Witness witness(broker);
    daemon.start_and_wait();
    (void)meter.send("hourly");
    ASSERT_TRUE(witness.until([&] { return witness.count("/state") > 0; }));
    EXPECT_EQ(stop().status, 0);
    EXPECT_LT(took, 2s);
    RecordProperty("milliseconds", static_cast<int>(took / 1ms));
    ASSERT_TRUE(witness.until([&] { return witness.payloads(status).back() == "offline"; }));
    EXPECT_EQ(witness.count(status), 2U) << "said once, and no will behind it";
}

TEST_F(DaemonEnd, SigtermWithoutBrokerEndsWithinTwoSeconds) {
    daemon.start();
    ASSERT_TRUE(daemon.wait_for_log("trying again"));
    EXPECT_EQ(stop().status, 0);
    EXPECT_LT(took, 2s);
}

// The worst case: the broker hangs and does not answer the disconnect.
TEST_F(DaemonEnd, SigtermWithAFrozenBrokerEndsWithinTwoSeconds) {
    broker.start();
    daemon.start_and_wait();
    broker.freeze();
    (void)meter.send("hourly");
    ASSERT_TRUE(support::until([&] { return daemon.waiting() == 1; }));
    EXPECT_EQ(stop().status, 0);
    EXPECT_LT(took, 2s);
    EXPECT_EQ(daemon.waiting(), 1U) << "it is not acknowledged";
    broker.thaw();
}

TEST_F(DaemonEnd, SigintAndSighupAreAnOrderlyEndToo) {
    broker.start();
    Witness witness(broker);
    std::size_t messages = 0;
    for (const int signal : {SIGINT, SIGHUP}) {
        daemon.start_and_wait();
        daemon.process().signal(signal);
        EXPECT_EQ(daemon.process().finish().status, 0) << signal;
        messages += 2;
        ASSERT_TRUE(witness.until([&] { return witness.count(status) == messages; })) << signal;
        EXPECT_EQ(witness.payloads(status).back(), "offline") << signal;
    }
}

} // namespace
