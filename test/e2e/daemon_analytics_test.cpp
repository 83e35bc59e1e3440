// Analytics of a meter in the daemon: implausible values dropped, the capacity charge and its
// corrections, problems.
#include "e2e/daemon_analytics.hpp"
#include "publish/meter_messages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace {

using namespace std::chrono;
using namespace std::chrono_literals;
using nlohmann::json;
using support::Homes;
using support::import_of;
using support::live_import;
using support::MeterFeed;
using support::with_import;
using support::Witness;
using testing::HasSubstr;

TEST_F(Homes, NonsenseIsDroppedFromTheStateAndKeptAsItCame) {
    Witness witness(broker);
    daemon.start_and_wait();
    const double good = import_of(send(witness, "hourly"));
    EXPECT_DOUBLE_EQ(witness.last("/state").at("active_energy_import"), good);
    const json zero = meter.send_again(with_import(meter.frame("hourly"), 0));
    ASSERT_TRUE(witness.until([&] { return witness.count("/list/hourly") == 2; }));
    (void)send(witness, "live"); // its state is published after all results of the implausible list
    EXPECT_EQ(import_of(witness.last("/list/hourly")), 0) << "that is what the meter said";
    EXPECT_DOUBLE_EQ(witness.last("/state").at("active_energy_import"), good);
    EXPECT_GE(witness.last("/state").at(live_import).get<double>(), good);
    EXPECT_EQ(witness.last("/event").at("reason"), "register_fell");
    EXPECT_EQ(witness.last("/event").at("quantity"), "active_energy_import");
    ASSERT_TRUE(witness.until([&] { return cause(witness) == "implausible"; }));
    EXPECT_EQ(witness.last("/problem").at("problem"), true);
    EXPECT_THAT(daemon.stop().err,
                HasSubstr("dropped active_energy_import (register_fell): 0 Wh after"));
}

// After a restart, with another name of the adapter, and for a meter that never names itself.
TEST_F(Homes, TheConfiguredPowerIsThatOfThePortWhereTheMeterIsHeard) {
    MeterFeed nameless("aidon-se");
    for (auto* const feed : {&meter, &nameless}) {
        const std::string link = daemon.folder.path(feed == &meter ? "renamed" : "same");
        std::filesystem::create_symlink(feed->pty->path(), link);
        daemon.options.device = feed == &meter ? meter.pty->path() : link;
        daemon.options.port = "max_power_kw = 0.05";
        Witness witness(broker);
        daemon.start_and_wait();
        (void)feed->send("hourly");
        ASSERT_TRUE(witness.until([&] { return witness.count("/event") > 0; }));
        EXPECT_EQ(daemon.stop().status, 0);
        daemon.options.device = link;
        daemon.start_and_wait();
        const auto before = witness.count("/event");
        (void)feed->send("hourly");
        ASSERT_TRUE(witness.until([&] { return witness.count("/event") > before; }));
        EXPECT_EQ(witness.last("/event").at("reason"), "power_too_high");
        EXPECT_EQ(daemon.stop().status, 0);
    }
}

TEST_F(Homes, AnHourCanBeCorrectedWhileTheDaemonRuns) {
    Witness witness(broker);
    daemon.start_and_wait();
    (void)send(witness, "hourly");
    (void)send(witness, "live");
    ASSERT_TRUE(witness.until([&] { return witness.count("/tariff") > 0; }));
    const json before = witness.last("/tariff");
    EXPECT_EQ(before.at("step"), 1);
    EXPECT_GT(before.at("allowed_power"), 0);
    EXPECT_TRUE(before.at("last_month").at("mean").is_null());
    // Two hours ago, with the UTC offset, in any time zone.
    const sys_seconds hour = floor<hours>(floor<seconds>(system_clock::now())) - 2h;
    const auto summer = *hanport::meter::TimeZone::named("Europe/Oslo");
    const std::string name = hanport::publish::local_hour(hour, summer);
    const auto has = [&](const json& tariff, const char* source) {
        for (const json& month : {tariff, tariff.at("last_month")})
            for (const json& top : month.at("top_hours"))
                if (top.at("hour") == name)
                    return top.at("source") == source && top.at("consumption") == 7.5;
        return false;
    };
    const auto set = tariff({"set", name, "7.5"});
    EXPECT_EQ(set.status, 0) << set.err;
    EXPECT_THAT(set.out, HasSubstr(name + " counts 7.500 kWh"));
    EXPECT_TRUE(witness.until([&] { return has(witness.last("/tariff"), "corrected"); }));
    EXPECT_THAT(tariff({"show"}).out, HasSubstr(name + "  7.500 kWh  corrected"));
    const auto drop = tariff({"drop", name});
    EXPECT_EQ(drop.status, 0) << drop.err;
    EXPECT_THAT(tariff({"show"}).out, testing::Not(HasSubstr(name)));
    EXPECT_EQ(tariff({"set", "2026-11-20", "1"}).status, 2);
    EXPECT_EQ(tariff({"set", hanport::publish::local_hour(hour + 4h, summer), "1"}).status, 2)
        << "to come";
    EXPECT_EQ(tariff({"drop", name, "--meter", "none"}).status, 2);
}

TEST_F(Homes, APortThatDisappearsIsNamed) {
    // Through a link: the terminal's own name may soon belong to another one.
    const std::string link = daemon.folder.path("meter");
    support::link_to(*meter.pty, link);
    daemon.options.device = link;
    Witness witness(broker);
    daemon.start_and_wait();
    (void)send(witness, "live");
    // The simulated meter's clock shows another day.
    ASSERT_TRUE(witness.until([&] { return cause(witness) == "clock_off"; }));
    std::filesystem::remove(link);
    meter.pty->close();
    ASSERT_TRUE(witness.until([&] { return cause(witness) == "no_port"; }));
    EXPECT_EQ(witness.last("/problem").at("problem"), true);
    EXPECT_FALSE(witness.last("/problem").at("advice").get<std::string>().empty());
}

TEST_F(Homes, ANewInstallationNamesAPortThatIsNotThere) {
    daemon.options.device = daemon.folder.path("meter");
    Witness witness(broker);
    daemon.start();
    const std::string topic = "hanport/reader/pi/port_problem/1";
    ASSERT_TRUE(witness.until([&] { return witness.count(topic) > 0; }));
    EXPECT_EQ(witness.last(topic).at("cause"), "no_port");
    ASSERT_TRUE(witness.until([&] { return witness.count("hanport_reader_pi/config") > 0; }));
    EXPECT_TRUE(daemon.wait_for_log("the port cannot be opened (no_port). Plug the adapter in"));
    EXPECT_EQ(daemon.stop().status, 0);
}

} // namespace
