// Noise: the same from the same seed, about as much as asked for, and never a damaged frame that
// reads as an intact one.
#include "simulator/noise.hpp"
#include "unit/simulator/simulated_day.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace std::chrono_literals;
using hanport::simulator::Simulator;
using hanport::simulator::SimulatorOptions;
using support::decode_simulated;
using support::meter_time;

std::vector<std::uint8_t> bytes(const SimulatorOptions& options, int frames) {
    Simulator simulator(options);
    std::vector<std::uint8_t> all;
    for (; frames > 0; --frames) {
        const auto frame = simulator.next();
        all.insert(all.end(), frame.octets.begin(), frame.octets.end());
    }
    return all;
}

TEST(Noise, SameSeedSameBytes) {
    for (const auto model : hanport::simulator::simulator_models())
        for (const double noise : {0.0, 0.3}) {
            SimulatorOptions options{.model = std::string(model), .seed = 42, .noise = noise};
            options.start = meter_time(11, 20);
            EXPECT_EQ(bytes(options, 500), bytes(options, 500)) << model;
            SimulatorOptions other = options;
            other.seed = 43;
            EXPECT_NE(bytes(options, 500), bytes(other, 500)) << model;
        }
}

TEST(Noise, DamagesAboutTheShareAskedFor) {
    for (const double share : {0.01, 0.1, 0.5, 1.0}) {
        Simulator simulator({.model = "kaifa-3p", .noise = share, .start = meter_time(11, 20)});
        constexpr int frames = 20'000;
        int damaged = 0;
        for (int i = 0; i < frames; ++i)
            damaged += simulator.next().intact ? 0 : 1;
        // Five standard deviations.
        const double spread = 5 * std::sqrt(share * (1 - share) * frames);
        EXPECT_NEAR(damaged, share * frames, spread) << share;
    }
}

// Frame by frame, with a pause between them: only the frames marked intact are decoded.
TEST(Noise, DecodesExactlyTheFramesThatAreMarkedIntact) {
    for (const std::string model : {"kamstrup-3p4q", "kaifa-3p", "aidon-se"}) {
        const auto frames = decode_simulated(
            {.model = model, .seed = 3, .noise = 0.4, .start = meter_time(11, 20)}, 24h);
        std::size_t damaged = 0;
        for (const auto& frame : frames) {
            ASSERT_EQ(frame.lists, frame.intact ? 1U : 0U);
            ASSERT_TRUE(frame.intact || frame.refusals > 0);
            damaged += frame.intact ? 0 : 1;
        }
        EXPECT_GT(damaged, frames.size() / 3);
    }
}

class Counter : public han::Listener {
  public:
    std::size_t lists = 0;
    void on_list(const han::list::List& /*list*/) override { ++lists; }
    void on_refusal(const han::Refusal& /*refusal*/) override {}
};

// The same without pauses: no frame takes its neighbour with it.
TEST(Noise, LeavesTheNeighboursOfADamagedFrameAlone) {
    for (const std::string model : {"kamstrup-3p4q-old", "kaifa-3p", "aidon-3p"}) {
        Simulator simulator({.model = model, .seed = 5, .noise = 0.4, .start = meter_time(11, 20)});
        Counter counter;
        han::Decoder decoder(counter);
        std::size_t intact = 0;
        for (int i = 0; i < 20'000; ++i) {
            const auto frame = simulator.next();
            decoder.feed(frame.octets);
            intact += frame.intact ? 1 : 0;
        }
        decoder.flush();
        EXPECT_EQ(counter.lists, intact) << model;
    }
}

// An extra flag at the beginning is an idle flag, and the frame after it is intact: no damage.
TEST(Noise, AddsNoFlagThatLeavesTheFrameWhole) {
    const auto sent = Simulator({.model = "kaifa-3p", .start = meter_time(11, 20)}).next().octets;
    hanport::simulator::Noise noise(1, 27);
    Counter counter;
    for (int i = 0; i < 10'000; ++i) {
        auto frame = sent;
        ASSERT_FALSE(noise.pass(frame));
        han::Decoder decoder(counter);
        decoder.feed(frame);
        decoder.flush();
        ASSERT_EQ(counter.lists, 0U) << testing::PrintToString(frame);
    }
}

} // namespace
