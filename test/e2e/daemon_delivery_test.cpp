// No hourly list is lost: brokers that come late, stop and are killed, and a daemon that is killed.
#include "support/daemon.hpp"
#include "support/meter_feed.hpp"
#include "support/witness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <thread>

namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using support::Daemon;
using support::MeterFeed;
using support::Mosquitto;
using support::Octets;
using support::Subscriber;
using support::until;
using support::Witness;

const std::string hourly = "/list/hourly";
const std::string live = "/list/live";

std::string time_of(const json& list) {
    return list.at("meter_time").get<std::string>();
}

// In the order of their first arrival.
std::vector<std::string> first_arrivals(const Witness& witness) {
    std::vector<std::string> found;
    for (const std::string& time : witness.members(hourly, "meter_time"))
        if (std::ranges::find(found, time) == found.end())
            found.push_back(time);
    return found;
}

class DaemonDelivery : public testing::Test {
  protected:
    void send_hours(int count) {
        for (int i = 0; i < count; ++i)
            hours.push_back(time_of(meter.send("hourly")));
    }
    // The port reads in order, so earlier frames have been read too.
    [[nodiscard]] bool live_list_arrives(Witness& witness) {
        const std::string time = time_of(meter.send("live"));
        return witness.until([&] {
            const auto times = witness.members(live, "meter_time");
            return !times.empty() && times.back() == time;
        });
    }
    [[nodiscard]] bool all_arrive(Witness& witness) const {
        return witness.until([&] { return first_arrivals(witness).size() >= hours.size(); });
    }

    Mosquitto broker{{.persistent = true}};
    MeterFeed meter{"kamstrup-3p4q"};
    Daemon daemon{{.device = meter.pty->path(), .url = broker.url()}};
    std::vector<std::string> hours; // that were sent, by the meter's clock
};

TEST_F(DaemonDelivery, ABrokerThatComesLateGetsAllHoursInOrder) {
    daemon.start();
    ASSERT_TRUE(daemon.wait_for_log(": opened"));
    ASSERT_TRUE(daemon.wait_for_log("trying again"));
    send_hours(5);
    ASSERT_TRUE(until([&] { return daemon.waiting() == 5; }));
    broker.start();
    Witness witness(broker);
    EXPECT_TRUE(all_arrive(witness));
    EXPECT_EQ(first_arrivals(witness), hours);
    EXPECT_TRUE(until([&] { return daemon.waiting() == 0; }));
}

TEST_F(DaemonDelivery, ABrokerStoppedAndKilledDuringTheDayMissesNoHour) {
    broker.start();
    Witness witness(broker, "#", Subscriber::Session::kept);
    ASSERT_TRUE(broker.wait_for_log("Saving in-memory database"));
    daemon.start_and_wait();
    for (const bool kill : {true, false, true}) {
        send_hours(2);
        ASSERT_TRUE(all_arrive(witness)); // losses in the broker are not the daemon's fault
        ASSERT_TRUE(until([&] { return daemon.waiting() == 0; }));
        kill ? broker.kill() : broker.stop();
        send_hours(3);
        ASSERT_TRUE(until([&] { return daemon.waiting() == 3; }));
        broker.start();
        ASSERT_TRUE(all_arrive(witness));
    }
    EXPECT_EQ(first_arrivals(witness), hours);
    EXPECT_TRUE(until([&] { return daemon.waiting() == 0; }));
    const auto log = daemon.stop();
    EXPECT_EQ(log.status, 0);
    EXPECT_THAT(log.err, testing::HasSubstr("no connection to the broker at "));
}

TEST_F(DaemonDelivery, LiveListsOfAnOutageAreNotSentAfterIt) {
    broker.start();
    daemon.start_and_wait();
    broker.stop();
    ASSERT_TRUE(daemon.wait_for_log("no connection to the broker"));
    json newest;
    for (int i = 0; i < 10; ++i)
        newest = meter.send("live");
    send_hours(1);
    ASSERT_TRUE(until([&] { return daemon.waiting() == 1; })) << "so all has been read";
    broker.start();
    Witness witness(broker);
    ASSERT_TRUE(witness.until([&] { return witness.count("/state") > 0; }));
    ASSERT_TRUE(all_arrive(witness));
    ASSERT_TRUE(live_list_arrives(witness));
    EXPECT_EQ(witness.count(live), 1U) << "the one behind the outage";
    const json state = json::parse(witness.payloads("/state").front());
    EXPECT_EQ(newest.at("values").at(0).at("name"), "active_power_import");
    EXPECT_TRUE(state.contains("active_energy_import"));
    EXPECT_TRUE(state.contains("active_power_import"));
}

TEST_F(DaemonDelivery, ABacklogSurvivesSigkill) {
    daemon.start();
    ASSERT_TRUE(daemon.wait_for_log(": opened"));
    send_hours(4);
    ASSERT_TRUE(until([&] { return daemon.waiting() == 4; }));
    daemon.kill();
    daemon.start();
    ASSERT_TRUE(daemon.wait_for_log(": opened"));
    send_hours(2);
    ASSERT_TRUE(until([&] { return daemon.waiting() == 6; }));
    daemon.kill();
    broker.start();
    Witness witness(broker);
    daemon.start();
    EXPECT_TRUE(all_arrive(witness));
    EXPECT_EQ(first_arrivals(witness), hours);
}

// Each round sends some hours and waits until they are read, as shown by the live list after each.
// Then it sends one more hour and kills the daemon at a random moment: before it is read, while it
// is stored, sent or acknowledged, or later. Whether that hour was read is not known, so the next
// round sends it again: it is either on disk already or accepted now. So every hour must arrive,
// and the count is exact.
TEST_F(DaemonDelivery, SigkillAtThirtyMomentsLosesNoHour) {
    constexpr int moments = 30;
    constexpr std::uint32_t seed = 20261120;
    std::mt19937 random(seed);
    const auto below = [&random](unsigned bound) {
        return static_cast<unsigned>(random() % bound);
    };
    broker.start();
    Witness witness(broker);
    Octets unsure;
    for (int moment = 0; moment < moments; ++moment) {
        SCOPED_TRACE("moment " + std::to_string(moment));
        if (below(4) == 0) { // also while it starts
            daemon.start();
            std::this_thread::sleep_for(1ms * below(60));
            daemon.kill();
        }
        daemon.start_and_wait();
        if (!unsure.empty())
            (void)meter.send_again(unsure);
        ASSERT_TRUE(live_list_arrives(witness));
        for (unsigned sure = below(3); sure > 0; --sure) {
            send_hours(1);
            ASSERT_TRUE(live_list_arrives(witness));
        }
        unsure = meter.frame("hourly");
        hours.push_back(time_of(meter.send_again(unsure)));
        std::this_thread::sleep_for(250us * below(80)); // random moment
        daemon.kill();
    }
    daemon.start_and_wait();
    (void)meter.send_again(unsure);
    ASSERT_TRUE(live_list_arrives(witness));
    EXPECT_TRUE(all_arrive(witness));
    EXPECT_EQ(first_arrivals(witness), hours);
    EXPECT_GE(hours.size(), static_cast<std::size_t>(moments));
    RecordProperty("hours", static_cast<int>(hours.size()));
    RecordProperty("arrivals", static_cast<int>(witness.count(hourly)));
}

} // namespace
