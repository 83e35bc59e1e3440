// Brokers that refuse the daemon: it logs why, keeps trying, and connects once the broker is
// corrected.
#include "support/daemon.hpp"
#include "support/meter_feed.hpp"
#include "support/witness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Certificates;
using support::Daemon;
using support::MeterFeed;
using support::Mosquitto;
using support::Witness;
using testing::HasSubstr;
using testing::Not;

const Certificates& certificates() {
    static const Certificates all;
    return all;
}
const Certificates& others() {
    static const Certificates all;
    return all;
}

std::string ca_line(const std::string& file) {
    return "ca_file = \"" + file + "\"\n";
}

class DaemonRefused : public testing::Test {
  protected:
    // Waits for the reason; then the broker is corrected, and an earlier hourly list arrives.
    void expect_refused_and_let_in(Mosquitto& broker, std::string_view reason,
                                   const Mosquitto::Options& right) {
        daemon.options.url = broker.url();
        broker.start();
        daemon.start();
        ASSERT_TRUE(daemon.wait_for_log(": opened"));
        ASSERT_TRUE(daemon.wait_for_log(reason)) << reason;
        (void)meter.send("hourly");
        ASSERT_TRUE(support::until([&] { return daemon.waiting() == 1; }));
        broker.stop();
        broker.change(right);
        broker.start();
        Witness witness(broker);
        EXPECT_TRUE(witness.until([&] { return witness.count("/list/hourly") == 1; },
                                  std::chrono::seconds(60)));
        EXPECT_TRUE(daemon.wait_for_log("connected to the broker"));
        log = daemon.stop().err;
    }

    MeterFeed meter{"kamstrup-3p4q"};
    Daemon daemon{{.device = meter.pty->path(), .url = ""}};
    std::string log;
};

TEST_F(DaemonRefused, TlsWithTheRightAuthorityConnects) {
    Mosquitto broker({.tls = &certificates()});
    broker.start();
    Witness witness(broker);
    daemon.options.url = broker.url();
    daemon.options.mqtt = ca_line(certificates().ca());
    daemon.start_and_wait();
    (void)meter.send("hourly");
    EXPECT_TRUE(witness.until([&] { return witness.count("/list/hourly") == 1; }));
    EXPECT_EQ(daemon.stop().status, 0);
}

TEST_F(DaemonRefused, ABrokerThatAsksForACertificateIsShownOurs) {
    Mosquitto broker({.tls = &certificates(), .client_certificate = true});
    broker.start();
    Witness witness(broker);
    daemon.options.url = broker.url();
    daemon.options.mqtt = ca_line(certificates().ca()) + "certificate_file = \"" +
                          certificates().client() + "\"\nkey_file = \"" +
                          certificates().client_key() + "\"\n";
    daemon.start_and_wait();
    (void)meter.send("hourly");
    EXPECT_TRUE(witness.until([&] { return witness.count("/list/hourly") == 1; }));
    EXPECT_EQ(daemon.stop().status, 0);
}

// mosquitto logs the protocol of each client: p2 is 3.1.1, p5 is 5.
TEST_F(DaemonRefused, TheProtocolIsTheOneOfTheConfiguration) {
    Mosquitto broker;
    broker.start();
    daemon.options.url = broker.url();
    for (const auto& [protocol, told] : {std::pair{"3.1.1", "as pi (p2"}, {"5", "as pi (p5"}}) {
        Witness witness(broker);
        daemon.options.mqtt = std::string("protocol = \"") + protocol + "\"\n";
        daemon.start_and_wait();
        EXPECT_TRUE(broker.wait_for_log(told)) << broker.log();
        (void)meter.send("hourly");
        EXPECT_TRUE(witness.until([&] { return witness.count("/list/hourly") >= 1; }));
        EXPECT_EQ(daemon.stop().status, 0);
    }
}

TEST_F(DaemonRefused, AWrongAuthority) {
    Mosquitto broker({.tls = &others()});
    daemon.options.mqtt = ca_line(certificates().ca());
    expect_refused_and_let_in(broker, "the broker's certificate is not trusted",
                              {.tls = &certificates()});
}

// Without a CA file the system's authorities are used, which do not know this certificate.
TEST_F(DaemonRefused, NoAuthorityGiven) {
    Mosquitto broker({.tls = &certificates()});
    broker.start();
    daemon.options.url = broker.url();
    daemon.start();
    EXPECT_TRUE(daemon.wait_for_log("the broker's certificate is not trusted"));
    EXPECT_TRUE(daemon.wait_for_log("trying again"));
    EXPECT_EQ(daemon.stop().status, 0);
}

TEST_F(DaemonRefused, AnAuthorityThatIsNoFileIsAMistakeAtStart) {
    daemon.options.url = "mqtts://localhost";
    daemon.options.mqtt = ca_line("nowhere.pem");
    daemon.start();
    const auto outcome = daemon.process().finish();
    EXPECT_EQ(outcome.status, 2);
    EXPECT_THAT(outcome.err, HasSubstr("nowhere.pem"));
}

TEST_F(DaemonRefused, AWrongPassword) {
    Mosquitto broker({.username = "meter", .password = "open sesame"});
    daemon.options.mqtt = "username = \"meter\"\npassword_file = \"password\"\n";
    daemon.folder.write("password", "hunter2\n");
    expect_refused_and_let_in(broker, "bad user name or password",
                              {.username = "meter", .password = "hunter2"});
    EXPECT_THAT(log, Not(HasSubstr("hunter2")));
}

} // namespace
