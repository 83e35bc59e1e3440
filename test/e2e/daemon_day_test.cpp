// A meter's day at the broker, compared with the output of hanport decode.
#include "support/daemon.hpp"
#include "support/meter_feed.hpp"
#include "support/wall_clock.hpp"
#include "support/witness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using support::Daemon;
using support::MeterFeed;
using support::Mosquitto;
using support::Process;
using support::until;
using support::Witness;
using testing::MatchesRegex;

struct Day {
    std::vector<json> live;
    std::vector<json> hourly;
};

std::vector<std::string> day_of(const std::string& model, std::initializer_list<std::string> more) {
    std::vector<std::string> arguments{
        "simulate",   "--meter", model, "--seed", "7", "--start", "2026-11-20T00:00:00",
        "--duration", "86400"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

Day decoded_day(const std::string& model) {
    const auto capture = support::hanport(day_of(model, {"--to", "stdout"}));
    std::istringstream lines(support::hanport({"decode"}, capture.out).out);
    Day day;
    for (std::string line; std::getline(lines, line);) {
        json list = json::parse(line);
        if (list.at("list") != "power")
            (list.at("list") == "hourly" ? day.hourly : day.live).push_back(std::move(list));
    }
    return day;
}

// Messages without the fields that the daemon adds.
std::vector<json> lists(const Witness& witness, std::string_view end) {
    std::vector<json> found;
    for (const std::string& payload : witness.payloads(end)) {
        json list = json::parse(payload);
        EXPECT_THAT(list.at("received").get<std::string>(),
                    MatchesRegex(R"(20..-..-..T..:..:..(\....)?Z)"));
        list.erase("received");
        found.push_back(std::move(list));
    }
    return found;
}

// kWh and kvarh for registers, other values unchanged.
void expect_in_state(const json& state, const json& list) {
    for (const json& value : list.at("values")) {
        const std::string unit = value.at("unit").is_null() ? "" : value.at("unit");
        if (!value.at("value").is_number())
            continue;
        const double factor = unit == "Wh" || unit == "varh" ? 1000 : 1;
        const std::string name = value.at("name");
        ASSERT_TRUE(state.contains(name)) << name;
        EXPECT_NEAR(state.at(name).get<double>(), value.at("value").get<double>() / factor, 1e-9)
            << name;
    }
}

TEST(DaemonDay, ANormalDayInFastMotionArrivesAsItWasSent) {
    const std::string model = "kamstrup-3p4q";
    const Day day = decoded_day(model);
    ASSERT_EQ(day.hourly.size(), 24U);
    ASSERT_EQ(day.live.size(), 8640U);
    Mosquitto broker({.extra = "max_queued_messages 0\n"});
    broker.start();
    Witness witness(broker, "hanport/#");
    const support::Folder folder;
    Process meter(day_of(model, {"--speed", "max", "--link", folder.path("meter")}));
    ASSERT_TRUE(until([&] { return std::filesystem::exists(folder.path("meter")); }));
    Daemon daemon({.device = folder.path("meter"), .url = broker.url()});
    daemon.start();
    EXPECT_TRUE(witness.until([&] { return witness.count("/list/hourly") >= 24; }, 120s));
    EXPECT_EQ(lists(witness, "/list/hourly"), day.hourly);
    const auto live = lists(witness, "/list/live");
    // Live lists are dropped before the connection; after the first one, each list must arrive.
    ASSERT_FALSE(live.empty());
    const auto first = std::ranges::find(day.live, live.front());
    ASSERT_NE(first, day.live.end());
    const auto begin = static_cast<std::size_t>(first - day.live.begin());
    std::size_t same = 0;
    while (same < live.size() && live[same] == day.live.at(begin + same))
        ++same;
    EXPECT_EQ(same, live.size()) << "in order, none missing, none twice";
    EXPECT_GT(live.size(), 1000U);
}

TEST(DaemonDay, TheStateIsCompleteAndRegistersSurviveARestart) {
    Mosquitto broker;
    broker.start();
    MeterFeed meter("kamstrup-3p4q");
    Daemon daemon({.device = meter.pty->path(), .url = broker.url()});
    daemon.start_and_wait();
    json hourly;
    {
        Witness witness(broker);
        hourly = meter.send("hourly");
        const json live = meter.send("live");
        ASSERT_TRUE(witness.until([&] { return witness.count("/list/live") == 1; }));
        ASSERT_TRUE(witness.until([&] { return witness.count("/state") >= 2; }));
        // A list with registers has live values too, but the live list is newer.
        json registers = hourly;
        std::erase_if(registers.at("values").get_ref<json::array_t&>(), [](const json& value) {
            return !value.at("name").get<std::string>().contains("energy");
        });
        expect_in_state(witness.last("/state"), live);
        expect_in_state(witness.last("/state"), registers);
        EXPECT_EQ(witness.payloads("/availability").back(), "online");
        hourly = registers;
    }
    ASSERT_TRUE(until([&] { return daemon.waiting() == 0; }));
    daemon.kill();
    Witness witness(broker, "hanport/+/state");
    daemon.start();
    ASSERT_TRUE(witness.until([&] { return witness.count("/state") > 0; }, 5s));
    expect_in_state(witness.last("/state"), hourly);
    EXPECT_FALSE(witness.last("/state").contains("active_power_import"))
        << "what it draws now is not known";
}

TEST(DaemonDay, APowerListAfterARestartHasTheMetersName) {
    Mosquitto broker;
    broker.start();
    MeterFeed meter("kaifa-3p");
    Daemon daemon({.device = meter.pty->path(), .url = broker.url()});
    Witness witness(broker);
    daemon.start_and_wait();
    (void)meter.send("power");
    const std::string id = meter.send("live").at("meter_id");
    ASSERT_TRUE(witness.until([&] { return witness.count("/list/live") == 1; }));
    EXPECT_EQ(witness.count("/list/power"), 0U) << "nobody knew whose it was";
    daemon.kill();
    daemon.start_and_wait();
    const json power = meter.send("power");
    ASSERT_TRUE(witness.until([&] { return witness.count("/list/power") == 1; }));
    EXPECT_EQ(witness.count("hanport/" + id + "/list/power"), 1U);
    EXPECT_EQ(witness.last("/list/power").at("meter_id"), id);
    EXPECT_EQ(witness.last("/list/power").at("values"), power.at("values"));
}

// Registers every 10 s, from a meter whose clock shows another day: the first list of an hour by
// this computer's clock is the hourly one.
TEST(DaemonDay, OfAMeterThatAlwaysSendsRegistersTheFirstOfAnHourIsHourly) {
    using namespace std::chrono;
    for (const auto& [model, topic] : std::vector<std::pair<std::string, std::string>>{
             {"aidon-se", "hanport/aidon-port1"}, {"kamstrup-dk", "hanport/"}}) {
        SCOPED_TRACE(model);
        Mosquitto broker;
        broker.start();
        MeterFeed meter(model);
        support::WallClock clock;
        clock.set(sys_days(2026y / November / 20) + 12h + 40min);
        Daemon daemon(
            {.device = meter.pty->path(), .url = broker.url(), .environment = clock.environment()});
        Witness witness(broker);
        daemon.start_and_wait();
        std::vector<std::string> firsts;
        std::vector<std::string> others;
        std::vector<sys_time<hours>> hours_seen;
        constexpr int more_than_an_hour = 500; // of lists, a list every 10 s
        for (int i = 0; i < more_than_an_hour; ++i) {
            clock.set_by(10s);
            if (ceil<hours>(clock.now()) - clock.now() < 2s)
                clock.set_by(2s); // the daemon detects it a moment later
            const auto hour = floor<hours>(clock.now());
            const std::string time = meter.send("hourly").at("meter_time");
            const bool is_first = hours_seen.empty() || hours_seen.back() != hour;
            if (is_first)
                hours_seen.push_back(hour);
            (is_first ? firsts : others).push_back(time);
            ASSERT_TRUE(witness.until([&] {
                return witness.count("/list/live") + witness.count("/list/hourly") ==
                       firsts.size() + others.size();
            }));
        }
        EXPECT_EQ(firsts.size(), 3U) << "of 12:40, 13:00 and 14:00";
        EXPECT_EQ(witness.members("/list/hourly", "meter_time"), firsts);
        EXPECT_EQ(witness.members("/list/live", "meter_time"), others);
        for (const auto& message : witness.all)
            EXPECT_TRUE(!message.topic.contains("/list/") || message.topic.starts_with(topic))
                << message.topic;
    }
}

// Availability is checked every 5 s, together with the state's live values and the polled meters.
TEST(DaemonDay, AClockThatIsSetMakesNoMeterSilent) {
    Mosquitto broker;
    broker.start();
    MeterFeed meter("kamstrup-3p4q");
    support::WallClock clock;
    Daemon daemon(
        {.device = meter.pty->path(), .url = broker.url(), .environment = clock.environment()});
    Witness witness(broker);
    daemon.start_and_wait();
    (void)meter.send("hourly");
    ASSERT_TRUE(witness.until([&] { return witness.count("/state") > 0; }));
    clock.set_by(24h);
    const auto status = [&] { return witness.count("/problem"); };
    ASSERT_TRUE(witness.until([&] { return status() > 0; })); // by a tick after the step
    clock.set_by(-48h);
    (void)meter.send("live");
    ASSERT_TRUE(witness.until([&] { return witness.count("/list/live") == 1; }));
    EXPECT_EQ(witness.payloads("/availability"), std::vector<std::string>{"online"});
    EXPECT_THAT(daemon.stop().err, testing::Not(testing::HasSubstr("silent")));
}

TEST(DaemonDay, StdoutNeedsNoBroker) {
    MeterFeed meter("kamstrup-3p4q");
    Daemon daemon({.device = meter.pty->path(), .url = "", .to_stdout = true});
    daemon.start();
    ASSERT_TRUE(daemon.wait_for_log(": opened"));
    const json list = meter.send("hourly");
    const std::string topic = "hanport/" + list.at("meter_id").get<std::string>() + "/list/hourly ";
    std::string line;
    while (!line.starts_with(topic)) // read_line gives up by itself
        line = daemon.process().read_line();
    json printed = json::parse(line.substr(topic.size()));
    printed.erase("received");
    EXPECT_EQ(printed, list);
    ASSERT_TRUE(until([&] { return daemon.waiting() == 0; }));
    EXPECT_EQ(daemon.stop().status, 0);
}

} // namespace
