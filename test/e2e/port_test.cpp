// Ports on real pseudo-terminals that work: lists, refusals, frames that come in pieces.
#include "e2e/port_frames.hpp"
#include "support/corpus.hpp"
#include "support/port_bench.hpp"
#include "support/pty.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace {

using namespace port_frames;
using namespace std::chrono_literals;
using hanport::config::Parity;
using hanport::port::PortState;
using support::corpus_file;
using support::PortBench;
using support::Pty;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(PortTest, BringsListsAndRemembersTheMeter) {
    PortBench bench;
    const Pty pty;
    const auto& port = bench.start({.device = pty.path()});
    ASSERT_TRUE(bench.until([&] { return port.stats().state == "open"; }));
    EXPECT_TRUE(pty.marks_errors());
    EXPECT_EQ(pty.baud(), 2400U);
    EXPECT_FALSE(pty.is_even_parity());
    pty.write(octets(live));
    ASSERT_TRUE(bench.until([&] { return !bench.lines.empty(); }));
    pty.write(octets(live));
    ASSERT_TRUE(bench.until([&] { return bench.lines.size() == 2; }));
    EXPECT_THAT(bench.lines, ElementsAre(line(live), line(live)));
    EXPECT_THAT(bench.refusals, IsEmpty());
    ASSERT_THAT(bench.memories, SizeIs(2)) << "the parity, then the meter";
    EXPECT_EQ(bench.memories.back(), kamstrup);
    EXPECT_EQ(port.stats().path, pty.path());
    EXPECT_EQ(port.stats().bytes, 2 * octets(live).size());
    EXPECT_EQ(port.stats().frames.at(han::list::ListKind::live), 2U);
    EXPECT_EQ(port.stats().line_errors, 0U);
    EXPECT_EQ(port.stats().reconnects, 0U);
    EXPECT_THAT(bench.log(), ElementsAre("I port " + pty.path() + ": opened, 2400 baud 8N1",
                                         "I port " + pty.path() + ": intact frames with 8N1"));
}

// The terminal doubles FF where errors are marked; frames must have a single FF.
TEST(PortTest, BringsEveryFrameOfTheCorpusAsItWasSent) {
    PortBench bench;
    const Pty pty;
    (void)bench.start({.device = pty.path(), .parity = Parity::even});
    ASSERT_TRUE(bench.until([&] { return pty.marks_errors(); }));
    EXPECT_TRUE(pty.is_even_parity());
    std::size_t frames = 0;
    for (const auto& file : support::single_frames()) {
        if (file.keys.encryption)
            continue;
        pty.write(file.octets);
        ++frames;
        ASSERT_TRUE(bench.until([&] { return bench.lines.size() == frames; })) << file.name;
    }
    EXPECT_THAT(bench.refusals, IsEmpty());
}

TEST(PortTest, APowerListHasTheMeterOfLastTime) {
    PortBench bench;
    const Pty pty;
    const PortState memory{.parity = Parity::even,
                           .meter_id = "6970631400000123",
                           .meter_type = "MA304H4E",
                           .manufacturer = "Kaifa"};
    (void)bench.start({.device = pty.path()}, memory);
    ASSERT_TRUE(bench.until([&] { return pty.marks_errors(); }));
    EXPECT_TRUE(pty.is_even_parity()) << "remembered";
    pty.write(octets(power));
    ASSERT_TRUE(bench.until([&] { return !bench.lines.empty(); }));
    EXPECT_EQ(bench.lines[0].find(R"({"meter_id":"6970631400000123","meter_type":"MA304H4E",)"
                                  R"("manufacturer":"Kaifa")"),
              0U)
        << bench.lines[0];
    EXPECT_THAT(bench.memories, IsEmpty()) << "nothing new";
}

TEST(PortTest, OpensCipheredListsWithTheKeysOfItsFiles) {
    PortBench bench;
    const Pty pty;
    const auto& file = corpus_file("kamstrup-dk-ciphered");
    const auto ek = bench.folder.write("ek", support::to_hex(*file.keys.encryption));
    const auto ak = bench.folder.write("ak", support::to_hex(*file.keys.authentication));
    (void)bench.start(
        {.device = pty.path(), .encryption_key_file = ek, .authentication_key_file = ak});
    ASSERT_TRUE(bench.until([&] { return pty.marks_errors(); }));
    pty.write(file.octets);
    ASSERT_TRUE(bench.until([&] { return !bench.lines.empty(); }));
    EXPECT_EQ(bench.lines, file.lines);
}

TEST(PortTest, AKeyFileThatIsNoneIsAMistake) {
    PortBench bench;
    EXPECT_THAT([&] { (void)bench.start({.encryption_key_file = bench.folder.write("ek", "00")}); },
                testing::ThrowsMessage<hanport::config::ConfigError>(
                    "port.encryption_key_file: " + bench.folder.path("ek") +
                    ": is not 32 hex digits (16 bytes)"));
}

TEST(PortTest, AFrameCutOffIsRefusedWhenTheLineFallsSilent) {
    PortBench bench;
    const Pty pty;
    const auto& port = bench.start({.device = pty.path()});
    ASSERT_TRUE(bench.until([&] { return pty.marks_errors(); }));
    pty.write(std::span(octets(live)).first(100));
    ASSERT_TRUE(bench.until([&] { return !bench.refusals.empty(); }));
    EXPECT_THAT(bench.refusals, ElementsAre("incomplete"));
    EXPECT_EQ(port.stats().frames.at(han::hdlc::Error::incomplete), 1U);
}

TEST(PortTest, AFrameIsCompletedAfterThisProgramWasHeldUp) {
    PortBench bench;
    const Pty pty;
    const auto& port = bench.start({.device = pty.path()});
    ASSERT_TRUE(bench.until([&] { return pty.marks_errors(); }));
    constexpr std::size_t begin = 200; // in one write, so that the port does not sleep
    pty.write(std::span(octets(live)).first(begin));
    ASSERT_TRUE(bench.until([&] { return port.stats().bytes == begin; }));
    pty.write(std::span(octets(live)).subspan(begin));
    std::this_thread::sleep_for(500ms); // the program is stopped: silence and bytes occur together
    ASSERT_TRUE(bench.until([&] { return !bench.lines.empty(); }));
    EXPECT_THAT(bench.refusals, IsEmpty());
}

// At 2400 baud the last 180 of 244 octets take three quarters of a second.
TEST(PortTest, DoesNotWakeUpForTheMiddleOfAFrame) {
    PortBench bench;
    const Pty pty;
    const auto& port = bench.start({.device = pty.path()});
    ASSERT_TRUE(bench.until([&] { return pty.marks_errors(); }));
    const std::span frame = octets(live);
    constexpr std::size_t begin = 64;
    constexpr std::size_t middle = 100;
    pty.write(frame.first(begin));
    ASSERT_TRUE(bench.until([&] { return port.stats().bytes == begin; }));
    pty.write(frame.subspan(begin, middle - begin));
    bench.pass(50ms);
    EXPECT_EQ(port.stats().bytes, begin);
    ASSERT_TRUE(bench.until([&] { return port.stats().bytes == middle; })) << "nor does it forget";
    pty.write(frame.subspan(middle));
    ASSERT_TRUE(bench.until([&] { return !bench.lines.empty(); }));
    EXPECT_THAT(bench.lines, ElementsAre(line(live)));
    EXPECT_THAT(bench.refusals, IsEmpty());
}

TEST(PortTest, ALengthThatIsNotTrueDelaysAndLosesNothing) {
    PortBench bench;
    bench.options.longest_rest = 100ms;
    const Pty pty;
    auto& port = bench.start({.device = pty.path(), .baud = 300}, kamstrup);
    ASSERT_TRUE(bench.until([&] { return pty.marks_errors(); }));
    const auto head = support::hex("7EA7FF21"); // of 2,047 octets, and the HCS never arrives
    pty.write(head);
    ASSERT_TRUE(bench.until([&] { return port.stats().bytes == head.size(); }));
    pty.write(octets(live));
    ASSERT_TRUE(bench.until([&] { return !bench.lines.empty(); }));
    EXPECT_THAT(bench.lines, ElementsAre(line(live)));
}

TEST(PortTest, CanBeStoppedInTheMiddleOfAFrame) {
    PortBench bench;
    bench.options.longest_rest = 1h;
    const Pty pty;
    auto& port = bench.start({.device = pty.path(), .baud = 300});
    ASSERT_TRUE(bench.until([&] { return pty.marks_errors(); }));
    constexpr std::size_t begin = 64;
    pty.write(std::span(octets(live)).first(begin));
    ASSERT_TRUE(bench.until([&] { return port.stats().bytes == begin; }));
    port.stop();
    ASSERT_TRUE(bench.until([&] { return bench.running == 0; }));
    EXPECT_EQ(port.stats().state, "closed");
}

} // namespace
