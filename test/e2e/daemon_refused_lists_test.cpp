// A broker that refuses the lists of one meter only: other meters are not delayed, the reason is
// logged and published as a problem, and the lists are delivered once the broker is corrected.
#include "support/daemon.hpp"
#include "support/meter_feed.hpp"
#include "support/witness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using support::Daemon;
using support::MeterFeed;
using support::Mosquitto;
using support::Octets;
using support::until;
using support::Witness;
using testing::HasSubstr;

const std::string hourly = "/list/hourly";

std::string meter_id(const Octets& frame) {
    return json::parse(support::decode(frame).lines.at(0)).at("meter_id").get<std::string>();
}

class DaemonRefusedLists : public testing::Test {
  protected:
    [[nodiscard]] static bool has_problem(Witness& witness, const std::string& id,
                                          std::string_view cause) {
        return witness.until([&] {
            const json problem = witness.last(id + "/problem");
            return !problem.is_null() && problem.at("cause") == cause;
        });
    }

    support::Folder folder;
    MeterFeed meter{"kamstrup-3p4q", 1};
    MeterFeed neighbour{"kamstrup-3p4q", 2};
    Octets refused = meter.frame("hourly");
    Octets taken = neighbour.frame("hourly");
    std::string id = meter_id(refused);
    std::string other_id = meter_id(taken);
    Daemon daemon{{.device = meter.pty->path(), .url = ""}};
};

TEST_F(DaemonRefusedLists, AnAccessListHoldsUpOneMeterAndNotTheOther) {
    (void)folder.write("acl", "topic readwrite #\ntopic deny hanport/" + id + hourly + '\n');
    Mosquitto broker({.extra = "acl_file " + folder.path("acl") + '\n'});
    broker.start();
    daemon.options.url = broker.url();
    {
        Witness witness(broker);
        daemon.start_and_wait();
        (void)meter.send_again(refused);
        (void)meter.send_again(taken);
        EXPECT_TRUE(witness.until([&] { return witness.count(other_id + hourly) == 1; }));
        EXPECT_TRUE(daemon.wait_for_log("the broker does not take hanport/" + id + hourly +
                                        ": not authorised"));
        EXPECT_TRUE(until([&] { return daemon.waiting() == 1; }));
        ASSERT_TRUE(has_problem(witness, id, "broker_refuses"));
        EXPECT_THAT(witness.last(id + "/problem").at("text").get<std::string>(),
                    HasSubstr("access list (ACL)"));
        EXPECT_TRUE(has_problem(witness, other_id, "clock_off")) << "as all simulated meters";
    }
    broker.stop();
    (void)folder.write("acl", "topic readwrite #\n");
    broker.start();
    Witness witness(broker);
    EXPECT_TRUE(witness.until([&] { return witness.count(id + hourly) == 1; }, 60s));
    EXPECT_TRUE(has_problem(witness, id, "clock_off"));
    EXPECT_TRUE(until([&] { return daemon.waiting() == 0; }));
    EXPECT_THAT(daemon.stop().err, HasSubstr("the broker takes hanport/" + id + hourly + " again"));
}

TEST_F(DaemonRefusedLists, WhatIsTooLargeForTheBrokerIsSetAside) {
    Mosquitto broker({.extra = "max_packet_size 1000\n"});
    broker.start();
    daemon.options.url = broker.url();
    Witness witness(broker);
    daemon.start_and_wait();
    (void)meter.send_again(refused);
    EXPECT_TRUE(daemon.wait_for_log("the broker does not take hanport/" + id + hourly +
                                    ": larger than what the broker takes"));
    EXPECT_TRUE(until([&] { return daemon.waiting() == 0; }));
    EXPECT_TRUE(std::filesystem::exists(daemon.state("outbox/0000000000000001.rejected")));
    EXPECT_TRUE(has_problem(witness, id, "broker_refuses"));
    EXPECT_EQ(daemon.stop().status, 0);
}

} // namespace
