// hanport replay: captures with and without times, as lists and as bytes on a pseudo terminal.
#include "support/lines.hpp"
#include "support/process.hpp"
#include "support/serial.hpp"
#include "support/witness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <sstream>

namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using support::corpus_file;
using support::expected;
using support::Folder;
using support::hanport;
using support::hex_path;
using support::OpenPort;
using support::Process;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

constexpr std::string_view stream = "aidon-no-stream";
constexpr std::string_view other = "kaifa-no-power";

std::string spaced_hex(const support::Octets& octets) {
    return support::to_hex(octets);
}

// The five frames of `stream` as a capture with a frame every `seconds`.
std::string stamped(int seconds) {
    std::string text = "# a capture\n";
    const std::string hex = spaced_hex(corpus_file(other).octets);
    for (int i = 0; i < 5; ++i)
        text += "[2026-11-20T15:59:" + std::to_string(10 + i * seconds) + ".250Z] " + hex + "\n";
    return text;
}

TEST(Replay, PrintsListsWithTheTimesOfTheCapture) {
    const Folder folder;
    const auto told = hanport({"replay", folder.write("capture", stamped(10)), "--speed", "max"});
    EXPECT_EQ(told.status, 0);
    std::istringstream lines(told.out);
    const std::string plain = expected(other);
    std::string line;
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(std::getline(lines, line));
        EXPECT_EQ(line, R"({"received":"2026-11-20T15:59:)" + std::to_string(10 + i * 10) +
                            R"(.250Z",)" + plain.substr(1, plain.size() - 2));
    }
    EXPECT_FALSE(std::getline(lines, line));
}

TEST(Replay, KeepsTheTiming) {
    const Folder folder;
    const std::string file = folder.write("capture", stamped(10));
    const auto begin = steady_clock::now();
    Process replay({"replay", file, "--speed", "20"});
    for (int i = 0; i < 5; ++i) {
        (void)replay.read_line();
        const auto took = steady_clock::now() - begin;
        EXPECT_GE(took, i * 500ms);
        EXPECT_LT(took, i * 500ms + 2s);
    }
    EXPECT_EQ(replay.finish().status, 0);
}

// 2400 baud carry 240 octets a second.
TEST(Replay, SendsWhatHasNoTimesAsFastAsALineDoes) {
    const auto& octets = corpus_file(stream).octets;
    const Folder folder;
    for (const std::string& file :
         {hex_path(stream), folder.write("binary", support::binary(stream))}) {
        const auto begin = steady_clock::now();
        const auto told = hanport({"replay", file, "--speed", "4"});
        const auto took = steady_clock::now() - begin;
        EXPECT_EQ(told.status, 0);
        EXPECT_EQ(told.out, expected(stream));
        // The last frame begins after all the others.
        const std::chrono::duration<double> line(static_cast<double>(octets.size() - 377) / 240 /
                                                 4);
        EXPECT_GT(took, line);
        EXPECT_LT(took, line + 3s);
    }
}

TEST(Replay, ReadsWhatSimulateAndCaptureWrite) {
    const auto text = hanport({"simulate", "--meter", "kaifa-3p", "--start", "2026-11-20T16:59:00",
                               "--duration", "3600", "--to", "stdout"});
    const auto told = hanport({"replay", "-", "--speed", "max"}, text.out);
    EXPECT_EQ(told.status, 0);
    EXPECT_EQ(std::ranges::count(told.out, '\n'), 1800);
}

TEST(Replay, PlaysAllBytesOnAPseudoTerminalOnceItIsOpened) {
    const Folder folder;
    const std::string link = folder.path("meter");
    Process replay({"replay", hex_path(stream), "--to", "pty", "--speed", "50", "--link", link});
    const std::string path = replay.read_line();
    EXPECT_THAT(path, MatchesRegex("/dev/.*"));
    EXPECT_EQ(std::filesystem::read_symlink(link), path);
    // It waits for a reader, so nothing is lost, however late one opens the terminal.
    ASSERT_FALSE(replay.wait_for_error("nothing of this kind", 300ms));
    OpenPort port(link);
    EXPECT_EQ(port.read(corpus_file(stream).octets.size()), corpus_file(stream).octets);
    (void)port.read(1'000'000);
    EXPECT_TRUE(port.has_ended());
    const auto told = replay.finish();
    EXPECT_EQ(told.status, 0);
    EXPECT_EQ(told.out, "");
    EXPECT_FALSE(std::filesystem::exists(std::filesystem::symlink_status(link)));
}

TEST(Replay, PublishesToABroker) {
    constexpr std::string_view capture = "kamstrup-no-stream"; // each list names the meter
    support::Mosquitto broker;
    broker.start();
    support::Witness witness(broker, "hanport/+/list/+");
    const Folder folder;
    const std::string config =
        folder.write("hanport.toml", "[mqtt]\nurl = \"" + broker.url() + "\"\n");
    const auto told = hanport(
        {"replay", hex_path(capture), "--speed", "max", "--to", "mqtt", "--config", config});
    EXPECT_EQ(told.status, 0) << told.err;
    const auto lists = static_cast<std::size_t>(std::ranges::count(expected(capture), '\n'));
    EXPECT_TRUE(witness.until([&] { return witness.all.size() >= lists; }));
    EXPECT_EQ(witness.all.size(), lists);
}

TEST(Replay, EndsOnASignal) {
    for (const std::string to : {"pty", "stdout"}) {
        const Folder folder;
        Process replay({"replay", folder.write("capture", stamped(10)), "--to", to});
        (void)replay.read_line(); // the path, or the first list
        replay.signal(SIGTERM);
        EXPECT_EQ(replay.finish().status, 0) << to;
    }
}

TEST(Replay, DamageIsToldOnStandardError) {
    const auto told = hanport({"replay", "-", "--speed", "max"},
                              "[2026-11-20T15:59:30Z] 7E A0 27 01 02\n" +
                                  spaced_hex(corpus_file(other).octets) + "\n");
    EXPECT_EQ(told.status, 0);
    EXPECT_THAT(told.err, HasSubstr("hanport: byte 0: "));
}

TEST(Replay, WrongCallsAndEmptyCapturesAreTold) {
    const auto missing = hanport({"replay", "/nowhere/file"});
    EXPECT_EQ(missing.status, 2);
    EXPECT_EQ(missing.err, "hanport: /nowhere/file: cannot be read: No such file or directory\n");
    EXPECT_EQ(hanport({"replay", "-"}, "# nothing\n").status, 1);
    EXPECT_EQ(hanport({"replay"}).status, 2);
    EXPECT_EQ(hanport({"replay", "-", "--to", "mqtt"}).status, 2);
    EXPECT_EQ(hanport({"replay", "-", "--speed", "-1"}).status, 2);
}

} // namespace
