// The daemon with polled meters: virtual meters on pseudo terminals, a real broker.
#include "support/daemon.hpp"
#include "support/pty.hpp"
#include "support/witness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <memory>

namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using support::Daemon;
using support::Mosquitto;
using support::Process;
using support::until;
using support::Witness;
using testing::HasSubstr;

class Pull : public testing::Test {
  protected:
    Pull() { broker.start(); }

    // A virtual meter that keeps its path when it is started again.
    void start_meter(const std::string& model, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"simulate", "--meter", model, "--link",
                                           daemon.options.device};
        arguments.insert(arguments.end(), more.begin(), more.end());
        meter = std::make_unique<Process>(arguments);
        (void)meter->read_line();
    }
    void stop_meter() {
        meter->signal(SIGTERM);
        EXPECT_EQ(meter->finish().status, 0);
    }
    [[nodiscard]] static json value_of(const json& list, const std::string& name) {
        for (const json& value : list.at("values"))
            if (value.at("name") == name)
                return value;
        return {};
    }

    Mosquitto broker;
    Daemon daemon{{.device = {}, .url = broker.url(), .parity = ""}};
    std::unique_ptr<Process> meter;

    void SetUp() override { daemon.options.device = daemon.folder.path("meter"); }
};

constexpr const char* kmp_every_second = "protocol = \"kmp\"\ninterval = 1\n";

TEST_F(Pull, TheDoctorFindsAHealthyPolledMeterWell) {
    start_meter("multical-601");
    const auto outcome = support::hanport(
        {"doctor", "--seconds", "6", "--config",
         daemon.folder.write("doctor.toml",
                             "[[port]]\ndevice = \"" + daemon.options.device +
                                 "\"\nprotocol = \"kmp\"\ninterval = 1\n[mqtt]\nurl = "
                                 "\"mqtt://localhost\"\n")});
    EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("all is well"));
    EXPECT_THAT(outcome.out, HasSubstr("× readout list"));
}

TEST_F(Pull, AMulticalIsReadByKmpThroughAnEchoingHead) {
    start_meter("multical-601", {"--echo", "--meter-id", "6800001"});
    daemon.options.port = kmp_every_second;
    Witness witness(broker);
    daemon.start_and_wait();
    ASSERT_TRUE(witness.until([&] { return witness.count("/list/readout") >= 2; }));
    ASSERT_TRUE(witness.until([&] { return witness.count("6800001/config") >= 1; }));
    const json list = witness.last("hanport/6800001/list/readout");
    EXPECT_EQ(list.at("meter_id"), "6800001");
    EXPECT_EQ(list.at("meter_type"), "MULTICAL 601 Pt500, F1");
    EXPECT_EQ(list.at("list"), "readout");
    EXPECT_EQ(
        value_of(list, "heat_energy"),
        json::parse(R"({"register":"60","name":"heat_energy","value":12345000,"unit":"Wh"})"));
    EXPECT_EQ(value_of(list, "volume").at("value"), 1234.56);
    EXPECT_EQ(witness.last("/state"),
              json::parse(R"({"heat_energy":12345,"volume":1234.56,"flow":0.456,"power":21500,
                "flow_temperature":75.12,"return_temperature":34.56,"temperature_difference":40.56,
                "info_code":0})"));
    EXPECT_EQ(witness.payloads("6800001/availability"), std::vector<std::string>{"online"});

    const json device = witness.last("6800001/config");
    EXPECT_EQ(device.at("device").at("name"), "Heat meter");
    const auto sensor = [&](const char* name, const char* key) {
        return device.at("components").at(name).value(key, json());
    };
    struct Row {
        const char* name;
        json device_class;
        json state_class;
        json unit;
    };
    const Row rows[] = {
        {"heat_energy", "energy", "total", "kWh"},
        {"volume", "volume", "total", "m³"},
        {"flow", "volume_flow_rate", "measurement", "m³/h"},
        {"power", "power", "measurement", "W"},
        {"flow_temperature", "temperature", "measurement", "°C"},
        {"temperature_difference", {}, "measurement", "K"},
        {"info_code", {}, {}, {}},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(sensor(row.name, "device_class"), row.device_class) << row.name;
        EXPECT_EQ(sensor(row.name, "state_class"), row.state_class) << row.name;
        EXPECT_EQ(sensor(row.name, "unit_of_measurement"), row.unit) << row.name;
    }
    EXPECT_EQ(sensor("flow", "expire_after"), 62) << "two intervals and a minute";
    EXPECT_EQ(sensor("volume", "expire_after"), json());
    EXPECT_EQ(sensor("last_list", "state_topic"), "hanport/6800001/list/readout");
    EXPECT_EQ(witness.count("/problem"), 0U) << "causes are of what is pushed";
    EXPECT_EQ(daemon.stop().status, 0);
}

TEST_F(Pull, KmpIsSpokenAt1200BaudWithTwoStopBits) {
    const support::Pty pty;
    daemon.options.device = pty.path();
    daemon.options.port = kmp_every_second;
    daemon.start();
    EXPECT_TRUE(until([&] { return pty.baud() == 1200; }));
    EXPECT_EQ(pty.stop_bits(), 2U);
    EXPECT_TRUE(pty.marks_errors());
    EXPECT_FALSE(pty.is_even_parity());
}

TEST_F(Pull, ValuesThatTheMeterDoesNotHaveAreTold) {
    start_meter("omnipower-iec");
    daemon.options.port = "protocol = \"iec62056-21\"\ninterval = 1\nvalues = [\"1.8.9\"]\n";
    daemon.start_and_wait();
    EXPECT_TRUE(daemon.wait_for_log("the meter answers, but with none of port.values"));
}

TEST_F(Pull, ASleepingMeterIsToldAsSuchAndReadWhenItWakes) {
    start_meter("multical-601", {"--asleep", "6"});
    daemon.options.port = kmp_every_second;
    Witness witness(broker);
    daemon.start_and_wait();
    EXPECT_TRUE(daemon.wait_for_log("the meter sleeps (press any button on it)"));
    ASSERT_TRUE(witness.until([&] { return witness.count("/list/readout") >= 1; }));
    EXPECT_TRUE(daemon.wait_for_log("works again"));
}

TEST_F(Pull, DamagedAnswersAreAskedForAgainAndNeverPublished) {
    start_meter("multical-601", {"--noise", "0.4", "--seed", "7"});
    daemon.options.port = kmp_every_second;
    Witness witness(broker);
    daemon.start_and_wait();
    ASSERT_TRUE(witness.until([&] { return witness.count("/list/readout") >= 3; }, 60s));
    for (const std::string& payload : witness.payloads("/list/readout"))
        EXPECT_EQ(value_of(json::parse(payload), "volume").at("value"), 1234.56);
}

TEST_F(Pull, AnAdapterThatWasPulledOutIsFoundAgain) {
    start_meter("multical-601");
    daemon.options.port = kmp_every_second;
    Witness witness(broker);
    daemon.start_and_wait();
    ASSERT_TRUE(witness.until([&] { return witness.count("/list/readout") >= 1; }));
    stop_meter();
    ASSERT_TRUE(daemon.wait_for_log("No such file or directory; trying again"));
    start_meter("multical-601");
    const auto before = witness.count("/list/readout");
    ASSERT_TRUE(witness.until([&] { return witness.count("/list/readout") > before; }));
    EXPECT_TRUE(daemon.wait_for_log("works again"));
}

TEST_F(Pull, ReadoutsBetweenPublishedOnesGoAlongInOneMessage) {
    start_meter("multical-601");
    daemon.options.port =
        std::string(kmp_every_second) + "publish_interval = 3\n" +
        R"(values = ["volume", { code = 60, name = "cellar", type = "heat_energy" }])"
        "\n";
    Witness witness(broker);
    daemon.start_and_wait();
    ASSERT_TRUE(witness.until([&] { return witness.count("/list/readout") >= 2; }));
    const json first = json::parse(witness.payloads("/list/readout").at(0));
    EXPECT_FALSE(first.contains("earlier")) << "the first one comes at once";
    const json second = json::parse(witness.payloads("/list/readout").at(1));
    ASSERT_GE(second.at("earlier").size(), 1U);
    EXPECT_LE(second.at("earlier").size(), 3U);
    EXPECT_LT(first.at("received"), second.at("earlier").at(0).at("received"));
    EXPECT_LT(second.at("earlier").at(0).at("received"), second.at("received"));
    EXPECT_EQ(second.at("values").size(), 2U);
    EXPECT_EQ(second.at("earlier").at(0).at("values"), second.at("values"));
    EXPECT_EQ(witness.last("/state"), json::parse(R"({"volume":1234.56,"cellar":12345})"));
}

// Without `interval`, the interval is an hour.
TEST_F(Pull, AnHourlyReadoutIsKeptUntilTheBrokerHasIt) {
    broker.stop();
    start_meter("omnipower-iec", {"--meter-id", "4711"});
    daemon.options.port = "protocol = \"iec62056-21\"\n";
    daemon.start();
    ASSERT_TRUE(until([&] { return daemon.waiting() == 1; }));
    daemon.kill();
    stop_meter();
    broker.start();
    Witness witness(broker);
    daemon.start();
    ASSERT_TRUE(witness.until([&] { return witness.count("/4711/list/readout") >= 1; }));
    EXPECT_TRUE(until([&] { return daemon.waiting() == 0; }));
    ASSERT_TRUE(witness.until([&] { return witness.count("/4711/state") >= 1; }));
    EXPECT_EQ(witness.last("/4711/state").at("active_energy_import"), 451.000)
        << "known right after the start";
    Witness late(broker, "hanport/4711/list/readout");
    ASSERT_TRUE(late.until([&] { return !late.all.empty(); }));
    EXPECT_TRUE(late.all.at(0).retained);
    EXPECT_EQ(late.all.at(0).qos, 1);
}

// It sends its data at 9600 baud: at any other speed they are garbage.
TEST_F(Pull, AnOmnipowerIsReadByIec6205621) {
    start_meter("omnipower-iec", {"--echo"});
    daemon.options.port = "protocol = \"iec62056-21\"\ninterval = 1\n"
                          R"(values = ["1.8.0", "active_power_import_max", "1.0.0"])"
                          "\n";
    Witness witness(broker);
    daemon.start_and_wait();
    ASSERT_TRUE(witness.until([&] { return witness.count("/60053/list/readout") >= 1; }));
    const json list = witness.last("/60053/list/readout");
    EXPECT_EQ(list.at("meter_time"), "2026-11-20T17:30:00");
    EXPECT_EQ(list.at("meter_type"), "6841138AN110001");
    EXPECT_EQ(
        list.at("values"),
        json::parse(R"([{"obis":"1.8.0","name":"active_energy_import","value":451000,"unit":"Wh"},
                {"obis":"1.6.0","name":"active_power_import_max","value":1084,"unit":"W"},
                {"obis":"1.0.0","name":"clock","value":"2026-11-20T17:30:00","unit":null}])"));
}

TEST_F(Pull, AMultical66IsReadByTheShortReadout) {
    start_meter("multical-66");
    daemon.options.port = "protocol = \"iec62056-21\"\nrequest = \"/#1\"\ninterval = 1\n"
                          "meter_id = \"cellar\"\nscaling = { heat_energy = \"0.01 MWh\" }\n";
    Witness witness(broker);
    daemon.start_and_wait();
    ASSERT_TRUE(witness.until([&] { return witness.count("hanport/cellar/state") >= 1; }));
    const json state = witness.last("hanport/cellar/state");
    EXPECT_EQ(state.at("heat_energy"), 12340);
    EXPECT_EQ(state.at("return_temperature"), 34.56);
}

TEST_F(Pull, WhatWasPublishedOfAMeterBeforeItHadItsNumberIsTakenBack) {
    start_meter("multical-66");
    const std::string port = "protocol = \"iec62056-21\"\nrequest = \"/#1\"\ninterval = 1\n"
                             "publish_interval = 3600\n";
    daemon.options.port = port;
    {
        Witness witness(broker);
        daemon.start_and_wait();
        ASSERT_TRUE(witness.until([&] {
            return witness.count("hanport/kamstrup-port1/list/readout") > 0 &&
                   witness.count("hanport_kamstrup-port1/config") > 0 && daemon.waiting() == 0;
        }));
        EXPECT_EQ(daemon.stop().status, 0);
    }
    daemon.options.port = port + "meter_id = \"cellar\"\n";
    {
        Witness witness(broker);
        daemon.start_and_wait();
        ASSERT_TRUE(witness.until([&] { // the last topic to be emptied
            const auto configs = witness.payloads("hanport_kamstrup-port1/config");
            return witness.count("hanport/cellar/state") > 0 && !configs.empty() &&
                   configs.back().empty();
        }));
        EXPECT_EQ(daemon.stop().status, 0);
    }
    Witness retained(broker);
    retained.listen(500ms);
    EXPECT_GE(retained.count("hanport/cellar/availability"), 1U);
    for (const auto& message : retained.all)
        EXPECT_FALSE(message.topic.contains("kamstrup-port1")) << message.topic;
}

} // namespace
