// A line that keeps bringing new meter numbers: all memory is limited, and the real meter
// continues.
#include "support/daemon.hpp"
#include "support/hdlc.hpp"
#include "support/meter_feed.hpp"
#include "support/program.hpp"
#include "support/sanitizers.hpp"
#include "support/witness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

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

// The frame with another meter number (16 digits) and the matching check sum.
Octets with_number(Octets frame, const std::string& from, const std::string& to) {
    const auto found = std::ranges::search(frame, from);
    EXPECT_FALSE(found.empty());
    std::ranges::copy(to, found.begin());
    const auto sum = support::crc16_sent(std::span(frame).subspan(1, frame.size() - 4));
    std::ranges::copy(sum, frame.end() - 3);
    return frame;
}

std::string number(int n) {
    std::string digits = std::to_string(n);
    return "70000000" + std::string(8 - digits.size(), '0') + digits;
}

std::size_t open_files(pid_t process) {
    const std::filesystem::directory_iterator files("/proc/" + std::to_string(process) + "/fd");
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

long resident_kb(pid_t process) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string word; status >> word;)
        if (long kb = 0; word == "VmRSS:" && status >> kb)
            return kb;
    return 0;
}

// The meters for which something was published, on their topics or to Home Assistant.
std::set<std::string> meters(const Witness& witness) {
    std::set<std::string> ids;
    for (const auto& message : witness.all)
        if (const auto at = message.topic.find("70000000"); at != std::string::npos)
            ids.insert(message.topic.substr(at, 16));
    return ids;
}

class Growth : public testing::Test {
  protected:
    Growth() { broker.start(); }

    // Sends a list of the real meter and waits until it arrives.
    void send_and_wait(Witness& witness) {
        sent.push_back(meter.send("live").at("meter_time"));
        ASSERT_TRUE(witness.until([&] { return witness.count(own_lists) == sent.size(); }));
    }

    Mosquitto broker;
    MeterFeed meter{"kamstrup-3p4q"};
    std::string id = json::parse(support::decode(meter.frame("hourly")).lines.at(0)).at("meter_id");
    std::string own_lists = id + "/list/live";
    std::vector<std::string> sent;
};

TEST_F(Growth, ThousandsOfNumbersAreBoundedAndTheTrueMeterIsUndisturbed) {
    constexpr int strangers = 2000;
    constexpr int at_once = 8; // as many as a terminal takes
    constexpr std::size_t max_meters = 8;
    Witness witness(broker);
    Daemon daemon({.device = meter.pty->path(), .url = broker.url()});
    daemon.start_and_wait();
    const Octets strange = MeterFeed("kamstrup-3p4q").frame("hourly");
    send_and_wait(witness);
    std::size_t files = 0;
    long memory = 0;
    for (int n = 0; n < strangers; ++n) {
        meter.pty->write(with_number(strange, id, number(n)));
        if (n % at_once == 0)
            send_and_wait(witness);
        if (n == strangers / 10) {
            files = open_files(daemon.process().id());
            memory = resident_kb(daemon.process().id());
        }
    }
    send_and_wait(witness);
    EXPECT_EQ(witness.members(own_lists, "meter_time"), sent);
    EXPECT_EQ(meters(witness).size(), max_meters - 1);
    EXPECT_LE(open_files(daemon.process().id()), files);
    if (!support::sanitized) { // sanitizers keep freed memory
        constexpr long kb = 4096;
        EXPECT_LT(resident_kb(daemon.process().id()) - memory, kb);
    }
    // If it continues, it is a problem.
    ASSERT_TRUE(witness.until([&] {
        send_and_wait(witness);
        meter.pty->write(with_number(strange, id, number(strangers)));
        const json problem = witness.last("port_problem/1");
        return problem.is_object() && problem.at("cause") == "too_many_meters";
    }));
    const json own_problem = witness.last(id + "/problem");
    EXPECT_TRUE(own_problem.is_null() || own_problem.at("cause") != "too_many_meters");
    const auto outcome = daemon.stop();
    EXPECT_EQ(outcome.status, 0);
    EXPECT_THAT(outcome.err, HasSubstr("(too_many_meters), the first one of meter " + number(7)));
    const auto lines = std::ranges::count(outcome.err, '\n');
    EXPECT_LT(lines, 100) << outcome.err;
    EXPECT_FALSE(support::contents_of(daemon.state("ports.json")).contains(number(strangers - 1)));
}

TEST_F(Growth, TheLimitIsConfigurableAndHoldsOverARestart) {
    Witness witness(broker);
    Daemon daemon({.device = meter.pty->path(), .url = broker.url(), .port = "max_meters = 2\n"});
    const Octets strange = MeterFeed("kamstrup-3p4q").frame("hourly");
    daemon.start_and_wait();
    meter.pty->write(meter.frame("hourly"));
    for (int n = 0; n < 3; ++n)
        meter.pty->write(with_number(strange, id, number(n)));
    send_and_wait(witness);
    EXPECT_EQ(meters(witness), std::set{number(0)});
    ASSERT_TRUE(until([&] { return daemon.waiting() == 0; }));
    EXPECT_EQ(daemon.stop().status, 0);
    daemon.start_and_wait();
    for (int n = 3; n < 6; ++n)
        meter.pty->write(with_number(strange, id, number(n)));
    meter.pty->write(with_number(strange, id, number(0)));
    send_and_wait(witness);
    EXPECT_EQ(meters(witness), std::set{number(0)}) << "both are remembered";
    EXPECT_EQ(daemon.stop().status, 0);
}

} // namespace
