// Which meters get a place: up to the limits, the first of each port, and never instead of one that
// goes on sending.
#include "port/meter_limits.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using hanport::port::MeterLimits;

class MeterLimitsTest : public testing::Test {
  protected:
    MeterLimitsTest() {
        config.ports.resize(2);
        config.ports[0].device = "a";
        config.ports[0].max_meters = 3;
        config.ports[1].device = "b";
        config.service.max_meters = 5;
    }

    bool takes(const std::string& id, std::size_t port = 0) {
        return limits.take(id, config.ports[port], now).accepted;
    }
    // The meter that is displaced; "no" where the new one is not accepted.
    std::string displaced(const std::string& id, std::size_t port = 0) {
        const auto verdict = limits.take(id, config.ports[port], now);
        return verdict.accepted ? verdict.displaced : "no";
    }

    hanport::config::Config config;
    MeterLimits limits{config};
    MeterLimits::Time now{1000h};
};

TEST_F(MeterLimitsTest, APortHasItsPlacesAndNoMore) {
    EXPECT_TRUE(takes("1"));
    EXPECT_TRUE(takes("2"));
    EXPECT_TRUE(takes("3"));
    for (int i = 0; i < 10'000; ++i)
        EXPECT_FALSE(takes("stranger" + std::to_string(i)));
    for (const char* id : {"1", "2", "3"})
        EXPECT_TRUE(takes(id)) << "what is known goes on";
}

TEST_F(MeterLimitsTest, AllPortsHaveTheirPlacesTogetherAndOneEach) {
    config.ports[0].max_meters = 100;
    for (const char* id : {"1", "2", "3", "4"})
        EXPECT_TRUE(takes(id));
    EXPECT_FALSE(takes("5")) << "the last place is kept for the other port";
    EXPECT_TRUE(takes("6", 1));
    EXPECT_FALSE(takes("7", 1));
    EXPECT_FALSE(takes("8", 0));
    EXPECT_TRUE(takes("6", 0)) << "a known meter may move";
}

TEST_F(MeterLimitsTest, RememberedMetersHaveTheirPlaces) {
    limits.remember("1", "a", now);
    limits.remember("2", "a", now);
    limits.remember("3", "", now);
    EXPECT_FALSE(takes("4")) << "the third may have been on this port";
    for (const char* id : {"1", "2", "3"})
        EXPECT_TRUE(takes(id));
    EXPECT_TRUE(takes("6", 1)) << "each port has one";
}

TEST_F(MeterLimitsTest, ANumberThatCameTwiceTakesThePlaceOfOneThatDidNot) {
    EXPECT_TRUE(takes("1"));
    EXPECT_TRUE(takes("1"));
    EXPECT_TRUE(takes("noise"));
    EXPECT_TRUE(takes("more noise"));
    EXPECT_FALSE(takes("2"));
    EXPECT_FALSE(takes("2")) << "the others may yet go on";
    now += MeterLimits::probation;
    EXPECT_EQ(displaced("late noise"), "no") << "once is not enough";
    EXPECT_EQ(displaced("2"), "more noise");
    EXPECT_EQ(displaced("2"), "");
    EXPECT_EQ(displaced("late noise"), "noise");
    EXPECT_EQ(displaced("3"), "no");
    EXPECT_EQ(displaced("3"), "no");
    now += 10 * MeterLimits::probation;
    EXPECT_EQ(displaced("3"), "late noise");
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(displaced("1"), "") << "silent for long, and still there";
}

TEST_F(MeterLimitsTest, WhatCameLongBeforeDoesNotCountAsTwice) {
    for (const char* id : {"1", "2", "3"})
        EXPECT_TRUE(takes(id));
    now += MeterLimits::probation;
    EXPECT_EQ(displaced("4"), "no");
    for (int i = 0; i < 64; ++i)
        EXPECT_EQ(displaced("stranger" + std::to_string(i)), "no");
    EXPECT_EQ(displaced("4"), "no") << "it is forgotten: memory is bounded";
}

TEST_F(MeterLimitsTest, APlaceCanBeGivenBack) {
    for (const char* id : {"1", "2", "3"})
        EXPECT_TRUE(takes(id));
    limits.forget("2");
    EXPECT_TRUE(takes("4"));
    EXPECT_FALSE(takes("2"));
}

} // namespace
