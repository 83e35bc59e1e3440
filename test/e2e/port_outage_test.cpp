// Ports on lines that go and come: adapters unplugged, taken by others, silent.
#include "e2e/port_frames.hpp"
#include "support/port_bench.hpp"
#include "support/pty.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace {

using namespace port_frames;
using namespace std::chrono_literals;
using support::link_to;
using support::PortBench;
using support::Pty;
using testing::ElementsAre;

TEST(PortTest, FindsTheDeviceAgainUnderAnotherName) {
    PortBench bench;
    const auto link = bench.folder.path("serial/by-id/meter");
    auto first = std::make_unique<Pty>();
    link_to(*first, link);
    const auto& port = bench.start({.device = link}, kamstrup);
    ASSERT_TRUE(bench.until([&] { return port.stats().state == "open"; }));
    first->write(octets(live));
    ASSERT_TRUE(bench.until([&] { return bench.lines.size() == 1; }));

    const Pty second;
    ASSERT_NE(second.path(), first->path());
    std::filesystem::remove_all(bench.folder.path("serial"));
    first.reset();
    ASSERT_TRUE(bench.until([&] { return port.stats().state == "No such file or directory"; }));
    link_to(second, link);
    ASSERT_TRUE(bench.until([&] { return port.stats().state == "open"; }));
    second.write(octets(hourly));
    ASSERT_TRUE(bench.until([&] { return bench.lines.size() == 2; }));
    EXPECT_THAT(bench.lines, ElementsAre(line(live), line(hourly)));
    EXPECT_EQ(port.stats().reconnects, 1U);
    EXPECT_THAT(bench.log(),
                ElementsAre("I port " + link + ": opened, 2400 baud 8N1",
                            "W port " + link + ": the device is gone; trying again until it works",
                            "I port " + link + ": works again"));
}

TEST(PortTest, WaitsForADeviceThatIsMissingAtStart) {
    PortBench bench;
    bench.options.first_retry = 1h; // its return must be detected
    const auto link = bench.folder.path("meter");
    const auto& port = bench.start({.device = link}, kamstrup);
    ASSERT_TRUE(bench.until([&] { return port.stats().state == "No such file or directory"; }));
    const Pty pty;
    link_to(pty, link);
    ASSERT_TRUE(bench.until([&] { return port.stats().state == "open"; }));
    EXPECT_EQ(port.stats().reconnects, 0U);
    EXPECT_THAT(
        bench.log(),
        ElementsAre("W port " + link + ": No such file or directory; trying again until it works",
                    "I port " + link + ": opened, 2400 baud 8N1"));
}

TEST(PortTest, AutoTakesTheOnlyAdapter) {
    PortBench bench;
    const Pty one;
    const Pty other;
    const auto& port = bench.start({.device = "auto"});
    ASSERT_TRUE(bench.until([&] { return port.stats().state.starts_with("no USB serial"); }));
    link_to(one, bench.folder.path("ttyUSB0"));
    link_to(other, bench.folder.path("ttyUSB1"));
    ASSERT_TRUE(bench.until([&] { return port.stats().state.starts_with("several USB serial"); }));
    std::filesystem::remove(bench.folder.path("ttyUSB0"));
    link_to(other, bench.folder.path("serial/by-id/adapter"));
    ASSERT_TRUE(bench.until([&] { return port.stats().state == "open"; }));
    EXPECT_EQ(port.stats().path, bench.folder.path("serial/by-id/adapter"));
}

TEST(PortTest, ASecondReaderIsRefusedUntilTheFirstHasGone) {
    PortBench bench;
    const Pty pty;
    auto& first = bench.start({.device = pty.path()});
    ASSERT_TRUE(bench.until([&] { return first.stats().state == "open"; }));
    bench.options.slowest_retry = 50ms; // there is no event when it is free again
    const auto& second = bench.start({.device = pty.path()});
    ASSERT_TRUE(bench.until([&] { return second.stats().state == "in use by another program"; }));
    first.stop();
    ASSERT_TRUE(bench.until([&] { return second.stats().state == "open"; }));
    EXPECT_EQ(first.stats().state, "closed");
}

TEST(PortTest, WhatIsNoSerialLineIsRefused) {
    PortBench bench;
    const auto& port = bench.start({.device = bench.folder.write("file", "")});
    ASSERT_TRUE(bench.until([&] { return port.stats().state == "is no serial line"; }));
    const auto& folder = bench.start({.device = bench.folder.path()});
    ASSERT_TRUE(bench.until([&] { return folder.stats().state == "Is a directory"; }));
}

TEST(PortTest, ALineThatFallsSilentIsOpenedAnewAndToldOnce) {
    PortBench bench;
    bench.options.wedged = 100ms;
    const Pty pty;
    const auto& port = bench.start({.device = pty.path()}, kamstrup);
    ASSERT_TRUE(bench.until([&] { return port.stats().state == "open"; }));
    bench.pass(300ms);
    EXPECT_EQ(port.stats().reconnects, 0U) << "it has never brought anything";
    pty.write(octets(live));
    ASSERT_TRUE(bench.until([&] { return port.stats().reconnects == 3; }));
    EXPECT_EQ(port.stats().state, "open");
    pty.write(octets(live));
    ASSERT_TRUE(bench.until([&] { return bench.lines.size() == 2; }));
    EXPECT_THAT(bench.log(),
                ElementsAre("I port " + pty.path() + ": opened, 2400 baud 8N1",
                            "W port " + pty.path() + ": no byte for 0 s; opening it again",
                            "I port " + pty.path() + ": works again"));
}

} // namespace
