// The search for the parity: tables of events on a line, and the expected result.
#include "port/parity_probe.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace std::chrono_literals;
using hanport::config::Parity;
using hanport::port::ParityProbe;

struct Step {
    int at;                                    // ms from the opening
    enum { open, bytes, frame, silence } what; // a frame is intact, and among the bytes behind it
    std::size_t count = 0;                     // of bytes
    std::size_t errors = 0;                    // in them
    bool switches = false;                     // what is expected of it
};

struct Row {
    const char* name;
    std::vector<Step> steps;
    Parity parity; // at the end
    bool locked;
};

void run(ParityProbe probe, const Row& row) {
    const ParityProbe::Clock::time_point start{1h};
    for (std::size_t i = 0; i < row.steps.size(); ++i) {
        const Step& step = row.steps[i];
        const auto now = start + std::chrono::milliseconds(step.at);
        const auto before = probe.parity();
        bool switched = false;
        switch (step.what) {
        case Step::open:
            probe.on_open(now);
            break;
        case Step::bytes:
            switched = probe.on_bytes(now, step.count, step.errors);
            break;
        case Step::frame:
            probe.on_intact_frame();
            break;
        case Step::silence:
            switched = probe.on_silence(now);
            break;
        }
        EXPECT_EQ(switched, step.switches) << row.name << ", step " << i;
        EXPECT_EQ(probe.parity() != before, switched) << row.name << ", step " << i;
    }
    EXPECT_EQ(probe.parity(), row.parity) << row.name;
    EXPECT_EQ(probe.locked(), row.locked) << row.name;
}

TEST(ParityProbeTest, WhatItStartsWith) {
    struct {
        Parity wanted, remembered, parity;
        bool locked;
    } const rows[] = {
        {Parity::automatic, Parity::automatic, Parity::none, false},
        {Parity::automatic, Parity::none, Parity::none, true},
        {Parity::automatic, Parity::even, Parity::even, true},
        {Parity::none, Parity::even, Parity::none, false},
        {Parity::even, Parity::none, Parity::even, false},
        {Parity::even, Parity::automatic, Parity::even, false},
    };
    for (const auto& row : rows) {
        const ParityProbe probe(row.wanted, row.remembered);
        EXPECT_EQ(probe.parity(), row.parity);
        EXPECT_EQ(probe.locked(), row.locked);
    }
}

TEST(ParityProbeTest, TheSearch) {
    const Row rows[] = {
        {"nothing at all", {{0, Step::open}, {60'000, Step::silence}}, Parity::none, false},
        {"an intact frame locks",
         {{0, Step::open},
          {1000, Step::bytes, 30},
          {1100, Step::frame},
          {1100, Step::bytes, 200},
          {1300, Step::silence}},
         Parity::none,
         true},
        {"a burst without a frame switches, in the silence behind it",
         {{0, Step::open},
          {1000, Step::bytes, 41},
          {1050, Step::bytes, 100},
          {1250, Step::silence, 0, 0, true}},
         Parity::even,
         false},
        {"and back again with the next",
         {{0, Step::open},
          {1000, Step::bytes, 41},
          {1200, Step::silence, 0, 0, true},
          {3500, Step::bytes, 41},
          {3700, Step::silence, 0, 0, true}},
         Parity::none,
         false},
        {"and locks there with an intact frame",
         {{0, Step::open},
          {1000, Step::bytes, 303},
          {1200, Step::silence, 0, 0, true},
          {11'000, Step::frame},
          {11'000, Step::bytes, 303},
          {11'200, Step::silence}},
         Parity::even,
         true},
        {"silence between lists of 10 s is no reason",
         {{0, Step::open},
          {1000, Step::bytes, 41},
          {1200, Step::silence, 0, 0, true},
          {11'000, Step::silence},
          {21'000, Step::silence}},
         Parity::even,
         false},
        {"a burst joined late says nothing, with or without errors",
         {{0, Step::open},
          {100, Step::bytes, 200, 150},
          {150, Step::bytes, 100, 50},
          {350, Step::silence}},
         Parity::none,
         false},
        {"the one behind it does",
         {{0, Step::open},
          {100, Step::bytes, 200},
          {300, Step::silence},
          {10'100, Step::bytes, 303},
          {10'300, Step::silence, 0, 0, true}},
         Parity::even,
         false},
        {"few bytes prove nothing",
         {{0, Step::open}, {1000, Step::bytes, 23}, {1200, Step::silence}},
         Parity::none,
         false},
        {"with errors fewer are enough",
         {{0, Step::open}, {1000, Step::bytes, 12, 8}, {1200, Step::silence, 0, 0, true}},
         Parity::even,
         false},
        {"some errors in a burst with an intact frame are noise",
         {{0, Step::open},
          {1000, Step::bytes, 100, 20},
          {1100, Step::frame},
          {1100, Step::bytes, 200},
          {1300, Step::silence}},
         Parity::none,
         true},
        {"a frame that only the end of the silence completes",
         {{0, Step::open}, {1000, Step::bytes, 100}, {1200, Step::frame}, {1200, Step::silence}},
         Parity::none,
         true},
    };
    for (const Row& row : rows)
        run(ParityProbe(Parity::automatic, Parity::automatic), row);
}

TEST(ParityProbeTest, BytesWithoutEndSwitchToAndFro) {
    ParityProbe probe(Parity::automatic, Parity::automatic);
    ParityProbe::Clock::time_point now{1h};
    probe.on_open(now);
    std::vector<int> switched;
    for (int at = 100; at <= 13'000; at += 100)
        if (probe.on_bytes(ParityProbe::Clock::time_point{1h} + std::chrono::milliseconds(at), 24,
                           0))
            switched.push_back(at);
    EXPECT_EQ(switched, (std::vector{4100, 8200, 12'300}));
    EXPECT_EQ(probe.parity(), Parity::even);
}

TEST(ParityProbeTest, AConfiguredParityIsKept) {
    for (const Parity parity : {Parity::none, Parity::even})
        run(ParityProbe(parity, Parity::automatic), {"damage only",
                                                     {{0, Step::open},
                                                      {1000, Step::bytes, 300, 300},
                                                      {1200, Step::silence},
                                                      {2000, Step::bytes, 300, 300},
                                                      {2200, Step::silence},
                                                      {20'000, Step::bytes, 300, 300}},
                                                     parity,
                                                     false});
}

// A locked line and bursts of damage every `period` for `time`; the moment it switches, if it does.
std::chrono::milliseconds given_up_after(ParityProbe& probe, std::chrono::milliseconds period,
                                         std::chrono::milliseconds time) {
    const ParityProbe::Clock::time_point start{1h};
    for (auto at = 0ms; at <= time; at += period) {
        EXPECT_FALSE(probe.on_bytes(start + at, 100, 0));
        if (probe.on_silence(start + at + 200ms))
            return at;
    }
    return -1ms;
}

ParityProbe locked_probe() {
    ParityProbe probe(Parity::automatic, Parity::even);
    probe.on_open(ParityProbe::Clock::time_point{1h} - 1s);
    return probe;
}

TEST(ParityProbeTest, MinutesOfDamageOnlyBreakTheLock) {
    auto probe = locked_probe();
    EXPECT_EQ(given_up_after(probe, 10s, 10min), 180s);
    EXPECT_FALSE(probe.locked());
    EXPECT_EQ(probe.parity(), Parity::none);
    // From there it searches as usual.
    EXPECT_FALSE(probe.on_bytes(ParityProbe::Clock::time_point{2h}, 100, 0));
    EXPECT_TRUE(probe.on_silence(ParityProbe::Clock::time_point{2h} + 200ms));
    EXPECT_EQ(probe.parity(), Parity::even);
}

TEST(ParityProbeTest, AnIntactFrameKeepsTheLock) {
    auto probe = locked_probe();
    EXPECT_EQ(given_up_after(probe, 10s, 170s), -1ms);
    probe.on_intact_frame();
    EXPECT_FALSE(probe.on_bytes(ParityProbe::Clock::time_point{1h} + 175s, 100, 0));
    EXPECT_FALSE(probe.on_silence(ParityProbe::Clock::time_point{1h} + 176s));
    EXPECT_FALSE(probe.on_bytes(ParityProbe::Clock::time_point{1h} + 185s, 100, 0));
    EXPECT_FALSE(probe.on_silence(ParityProbe::Clock::time_point{1h} + 186s));
    EXPECT_TRUE(probe.locked());
}

TEST(ParityProbeTest, SilenceDoesNotBreakTheLock) {
    auto probe = locked_probe();
    EXPECT_EQ(given_up_after(probe, 61s, 24h), -1ms) << "a burst of damage now and then";
    EXPECT_TRUE(probe.locked());
    EXPECT_FALSE(probe.on_silence(ParityProbe::Clock::time_point{30h}));
    EXPECT_TRUE(probe.locked());
}

} // namespace
