// Ports detect the parity of their line, as seen in the termios of a pseudo-terminal.
#include "support/corpus.hpp"
#include "support/port_bench.hpp"
#include "support/pty.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using hanport::config::Parity;
using support::Octets;
using support::PortBench;
using support::Pty;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(PortParityTest, ProbesTheParityUntilAFrameIsIntact) {
    PortBench bench;
    const Pty pty;
    const auto& port = bench.start({.device = pty.path()});
    ASSERT_TRUE(bench.until([&] { return port.stats().state == "open"; }));
    const Octets garbage(100, 0x55);
    std::vector<bool> seen; // even parity or not, each change
    for (int burst = 0; burst < 200 && seen.size() < 3; ++burst) {
        bench.pass(2 * bench.options.serial_silence);
        if (seen.empty() || seen.back() != pty.is_even_parity())
            seen.push_back(pty.is_even_parity());
        if (seen.size() < 3)
            pty.write(garbage);
    }
    EXPECT_THAT(seen, ElementsAre(false, true, false));
    pty.write(garbage);
    ASSERT_TRUE(bench.until([&] { return pty.is_even_parity(); }));
    EXPECT_THAT(bench.memories, IsEmpty());

    pty.write(support::corpus_file("kamstrup-no-3p4q-live-new").octets);
    ASSERT_TRUE(bench.until([&] { return !bench.lines.empty(); }));
    ASSERT_FALSE(bench.memories.empty());
    EXPECT_EQ(bench.memories[0].parity, Parity::even);
    EXPECT_EQ(port.stats().parity, Parity::even);
    const auto refusals = bench.refusals.size();
    pty.write(garbage);
    ASSERT_TRUE(bench.until([&] { return bench.refusals.size() > refusals; }));
    bench.pass(3 * bench.options.serial_silence);
    EXPECT_TRUE(pty.is_even_parity()) << "locked";
}

TEST(PortParityTest, MinutesOfDamageMakeItProbeAnew) {
    PortBench bench;
    bench.options.probe.timeout = 0min;
    const Pty pty;
    const auto& port = bench.start({.device = pty.path()}, {.parity = Parity::none});
    ASSERT_TRUE(bench.until([&] { return port.stats().state == "open"; }));
    bench.pass(2 * bench.options.serial_silence);
    pty.write(Octets(100, 0x55));
    ASSERT_TRUE(bench.until([&] { return pty.is_even_parity(); }));
    EXPECT_THAT(bench.memories, IsEmpty()) << "it is not forgotten before it is known better";
}

} // namespace
