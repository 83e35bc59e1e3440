// When readings are published, and which of them are kept on disk.
#include "meter/meter_pipeline.hpp"
#include "polled/readout.hpp"
#include "publish/batches.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace {

using namespace std::chrono_literals;
using hanport::base::Instant;
using hanport::meter::MeterPipeline;
using hanport::meter::PollTimes;
using hanport::publish::ReadingBatcher;
using nlohmann::json;
using polled::Readout;

const hanport::base::WallTime begin{std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + 12h};

hanport::base::SteadyTime steady(std::chrono::milliseconds since) {
    return hanport::base::SteadyTime(1h + since);
}

// A reading of heat energy, which identifies it, and a temperature.
void fill(Readout& readout, std::uint64_t energy) {
    auto& heat = readout.add({.scheme = "register",
                              .code = "60",
                              .name = "heat_energy",
                              .kind = han::cosem::QuantityKind::heat_energy});
    heat.value = han::Decimal::of_unsigned(energy);
    heat.unit = han::cosem::Unit::watt_hour;
    auto& temperature = readout.add({.scheme = "register",
                                     .code = "86",
                                     .name = "flow_temperature",
                                     .kind = han::cosem::QuantityKind::temperature});
    temperature.value = han::Decimal::of_unsigned(75);
    temperature.unit = han::cosem::Unit::degree_celsius;
}

class ReadoutsTest : public testing::Test {
  protected:
    std::optional<ReadingBatcher::Due> take(std::uint64_t energy, std::chrono::milliseconds since) {
        Readout readout;
        fill(readout, energy);
        meter.set_polled(times);
        return readouts.take(meter.take(readout.list, at(since)));
    }
    // What is due without a reading.
    std::optional<ReadingBatcher::Due> tick(std::chrono::milliseconds since) {
        return readouts.take(meter.tick(at(since), {}));
    }
    [[nodiscard]] Instant at(std::chrono::milliseconds since) const {
        return {.steady = steady(since), .wall = begin + since + clock_set_by};
    }
    static std::vector<std::uint64_t> energies(const ReadingBatcher::Due& due) {
        std::vector<std::uint64_t> all;
        const json object = json::parse(due.message.payload);
        for (const json& earlier : object.value("earlier", json::array()))
            all.push_back(earlier.at("values").at(0).at("value"));
        all.push_back(object.at("values").at(0).at("value"));
        return all;
    }

    PollTimes times{.interval = 900s, .publish_interval = 3600s};
    MeterPipeline meter{"6800001"};
    ReadingBatcher readouts{{.client_id = "pi"}};
    std::chrono::hours clock_set_by{0};
};

TEST_F(ReadoutsTest, TheFirstIsPublishedAtOnceAndThenFourInOneMessage) {
    auto due = take(1, 0s);
    ASSERT_TRUE(due.has_value());
    EXPECT_EQ(energies(*due), (std::vector<std::uint64_t>{1}));
    EXPECT_FALSE(take(2, 15min).has_value());
    EXPECT_FALSE(take(3, 30min).has_value());
    EXPECT_FALSE(take(4, 45min + 2s).has_value());
    due = take(5, 60min - 1s);
    ASSERT_TRUE(due.has_value()) << "a reading that comes a little early is the one that is meant";
    EXPECT_EQ(energies(*due), (std::vector<std::uint64_t>{2, 3, 4, 5}));
    EXPECT_EQ(due->message.topic, "hanport/6800001/list/readout");
    EXPECT_EQ(json::parse(due->message.payload).at("received"), "2026-11-20T12:59:59.000Z");
}

TEST_F(ReadoutsTest, PublishedHourlyOrRarerTheyLast) {
    EXPECT_TRUE(take(1, 0s)->persistent);
    times.publish_interval = 900s;
    const auto due = take(2, 15min);
    ASSERT_TRUE(due.has_value());
    EXPECT_FALSE(due->persistent);
    EXPECT_EQ(due->message.qos, hanport::mqtt::Qos::at_most_once);
    EXPECT_EQ(due->message.retain, hanport::mqtt::Retain::no);
}

TEST_F(ReadoutsTest, WhatASilentMeterLeftIsPublishedAllTheSame) {
    (void)take(1, 0s);
    (void)take(2, 15min);
    EXPECT_FALSE(tick(74min).has_value());
    const auto due = tick(75min);
    ASSERT_TRUE(due.has_value());
    EXPECT_EQ(energies(*due), (std::vector<std::uint64_t>{2}));
    EXPECT_EQ(due->received, begin + 15min);
    EXPECT_FALSE(tick(10h).has_value());
}

TEST_F(ReadoutsTest, AClockThatIsSetHoldsNothingUpAndHurriesNothing) {
    (void)take(1, 0s);
    for (const auto set_by : {-5h, 5h}) {
        clock_set_by = set_by;
        EXPECT_FALSE(take(2, 15min).has_value());
        EXPECT_FALSE(tick(60min).has_value());
    }
    clock_set_by = -5h;
    EXPECT_TRUE(take(3, 60min).has_value());
}

TEST_F(ReadoutsTest, AtTheEndNothingIsLost) {
    (void)take(1, 0s);
    EXPECT_FALSE(readouts.take(meter.stop(at(1min))).has_value());
    (void)take(2, 15min);
    (void)take(3, 30min);
    const auto due = readouts.take(meter.stop(at(31min)));
    ASSERT_TRUE(due.has_value());
    EXPECT_EQ(energies(*due), (std::vector<std::uint64_t>{2, 3}));
    EXPECT_FALSE(readouts.take(meter.stop(at(31min))).has_value());
}

TEST_F(ReadoutsTest, OfTheMeterRegistersAreKept) {
    const auto due = take(1, 0s);
    const auto record =
        hanport::publish::record_of(due->message, meter.snapshot(), nullptr, due->received);
    ASSERT_EQ(record.meter.values.size(), 1U);
    EXPECT_EQ(record.meter.values.at("heat_energy").kind, han::cosem::QuantityKind::heat_energy);
    EXPECT_EQ(record.topic, due->message.topic);
}

// Two intervals and a minute, for polling and for publishing.
TEST_F(ReadoutsTest, AMeterThatIsAskedIsOnlineForLonger) {
    (void)take(1, 0s);
    EXPECT_TRUE(meter.is_online(steady(30min + 59s)));
    EXPECT_FALSE(meter.is_online(steady(31min)));
    EXPECT_EQ(meter.snapshot().lifetime, 2h + 1min);
    EXPECT_TRUE(meter.tick(at(1s), {}).complete);
}

} // namespace
