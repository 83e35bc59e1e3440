// hanport simulate as seen by a program that opens its pseudo terminal, and as a text capture.
#include "support/collector.hpp"
#include "support/process.hpp"
#include "support/serial.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>

namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using support::Folder;
using support::hanport;
using support::OpenPort;
using support::Process;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

const std::vector<std::string> before_the_hour{"--start", "2026-11-20T16:59:30"};

std::vector<std::string> simulate(std::initializer_list<std::string> more) {
    std::vector<std::string> arguments{"simulate"};
    arguments.insert(arguments.end(), before_the_hour.begin(), before_the_hour.end());
    arguments.insert(arguments.end(), more);
    return arguments;
}

// The octets of a text capture: everything after the bracket is hex.
support::Octets octets_of(const std::string& text) {
    support::Octets all;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with('[')) {
            const auto some = support::hex(line.substr(line.find(']') + 1));
            all.insert(all.end(), some.begin(), some.end());
        }
    return all;
}

std::string text_of(std::initializer_list<std::string> more) {
    auto arguments = simulate(more);
    arguments.insert(arguments.end(), {"--to", "stdout"});
    const auto told = hanport(arguments);
    EXPECT_EQ(told.status, 0) << told.err;
    return told.out;
}

// ---- text --------------------------------------------------------------------------------------

TEST(Simulate, WritesATextCaptureWithoutWaiting) {
    Process::Options options;
    options.set = {"TZ=UTC-1"}; // an hour ahead of UTC
    const auto begin = steady_clock::now();
    const auto told = hanport(simulate({"--to", "stdout", "--duration", "3600"}), {}, options);
    EXPECT_LT(steady_clock::now() - begin, 60s);
    EXPECT_EQ(told.status, 0);
    EXPECT_THAT(told.out, StartsWith("[2026-11-20T15:59:30.000Z] 7E A0 E2 2B 21 13 23 9A E6 E7"));
    EXPECT_THAT(told.out, HasSubstr("\n[2026-11-20T16:00:05.000Z] 7E A1 2C 2B 21 13 FC 04 E6 E7"));
    const auto decoded = support::decode(octets_of(told.out));
    EXPECT_THAT(decoded.kinds, ElementsAre(0, 360, 1));
    EXPECT_THAT(decoded.refusals, testing::IsEmpty());
}

TEST(Simulate, TextIsReadByDecode) {
    const auto text = text_of({"--meter", "aidon-3p", "--duration", "60"});
    const auto told = hanport({"decode"}, text);
    EXPECT_EQ(told.status, 0);
    EXPECT_EQ(told.err, "hanport: 24 lists (18 power, 5 live, 1 hourly), nothing refused\n");
}

TEST(Simulate, NoiseIsRefusedByDecode) {
    const auto told = hanport({"decode"}, text_of({"--noise", "1", "--duration", "600"}));
    EXPECT_EQ(told.status, 1);
    EXPECT_THAT(told.err, HasSubstr("0 lists"));
}

TEST(Simulate, WrongCallsAreTold) {
    struct Row {
        std::vector<std::string> arguments;
        std::string told;
    };
    const std::vector<Row> rows{
        {{"simulate", "--meter", "ferraris"}, "kamstrup-3p4q"},
        {{"simulate", "--speed", "0"}, "--speed: is a number above 0, or max"},
        {{"simulate", "--speed", "fast"}, "--speed: is a number above 0, or max"},
        {{"simulate", "--speed", "nan"}, "--speed: is a number above 0, or max"},
        {{"simulate", "--noise", "1.5"}, "--noise"},
        {{"simulate", "--start", "today"}, "--start: is a time like 2026-11-20T16:59:30"},
        {{"simulate", "--start", "2026-02-30T10:00:00"}, "--start: is a time like"},
        {{"simulate", "--meter", "kamstrup-dk", "--meter-id", "x"}, "is a number"},
        {{"simulate", "--link", "/nowhere/meter"}, "/nowhere/meter cannot be made"},
    };
    for (const auto& row : rows) {
        const auto told = hanport(row.arguments);
        EXPECT_EQ(told.status, 2) << row.told;
        EXPECT_THAT(told.err, HasSubstr(row.told));
    }
}

// ---- the pseudo terminal -----------------------------------------------------------------------

TEST(Simulate, SaysNothingOnStandardOutputButThePath) {
    Process meter(simulate({"--speed", "60"}));
    EXPECT_THAT(meter.read_line(), MatchesRegex("/dev/.*"));
    meter.signal(SIGTERM);
    const auto told = meter.finish();
    EXPECT_EQ(told.status, 0);
    EXPECT_EQ(told.out, "");
}

TEST(Simulate, SendsTheBytesOfTheTextCapture) {
    // Before the port is open: a line without a reader for a second loses its octets.
    const auto expected = octets_of(text_of({"--meter", "kaifa-3p", "--duration", "7200"}));
    Process meter(simulate({"--meter", "kaifa-3p", "--speed", "max", "--duration", "7200"}));
    OpenPort port(meter.read_line());
    EXPECT_EQ(port.read(expected.size()), expected);
    EXPECT_EQ(meter.finish().status, 0);
}

TEST(Simulate, SendsAtTheSpeedAskedFor) {
    Process meter(simulate({"--meter", "kaifa-3p", "--speed", "20", "--duration", "120"}));
    OpenPort port(meter.read_line());
    ASSERT_FALSE(port.read(1).empty());
    const auto begin = steady_clock::now();
    (void)port.read(1'000'000); // until the meter ends
    const auto took = steady_clock::now() - begin;
    EXPECT_TRUE(port.has_ended());
    EXPECT_GT(took, 4s); // 118 s minus what was sent before the port was open
    EXPECT_LT(took, 12s);
    EXPECT_EQ(meter.finish().status, 0);
}

TEST(Simulate, BeginsNowByTheClockOfThisMachine) {
    const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    const auto told =
        hanport({"simulate", "--meter", "kaifa-3p", "--to", "stdout", "--duration", "2"});
    ASSERT_EQ(support::decode(octets_of(told.out)).kinds.size(), 3U);
    std::string day(16, '\0');
    day.resize(std::strftime(day.data(), day.size(), "[%Y-%m-%d", std::gmtime(&now)));
    EXPECT_THAT(told.out, StartsWith(day));
}

// Octets sent earlier are lost, and the next reader finds a working line.
TEST(Simulate, GoesOnWithoutAReaderAndBeginsAFreshFrameForEach) {
    Process meter(simulate({"--meter", "aidon-3p", "--speed", "100"}));
    const std::string path = meter.read_line();
    for (int visit = 0; visit < 3; ++visit) {
        OpenPort port(path);
        constexpr std::size_t some = 2000;
        const auto octets = port.read(some);
        EXPECT_GE(octets.size(), some);
        EXPECT_EQ(octets[0], 0x7E);
        EXPECT_EQ(octets[1] & 0xF0, 0xA0);
        const auto decoded = support::decode(octets);
        EXPECT_GT(decoded.lines.size(), 5U);
        EXPECT_LE(decoded.refusals.size(), 1U); // the one cut short at the end
    }
    meter.signal(SIGINT);
    EXPECT_EQ(meter.finish().status, 0);
}

// A reader that does not read does not block the meter forever.
TEST(Simulate, EndsWhileAReaderDoesNotRead) {
    Process meter(simulate({"--meter", "aidon-se", "--speed", "1000"}));
    const OpenPort port(meter.read_line());
    ASSERT_TRUE(meter.wait_for_error("Ctrl-C", 10s));
    EXPECT_FALSE(meter.wait_for_error("nothing of this kind", 1500ms)); // long enough to fill up
    const auto begin = steady_clock::now();
    meter.signal(SIGTERM);
    EXPECT_EQ(meter.finish().status, 0);
    EXPECT_LT(steady_clock::now() - begin, 10s);
}

TEST(Simulate, MakesALinkAndRemovesIt) {
    const Folder folder;
    const std::string link = folder.path("meter");
    for (int time = 0; time < 2; ++time) {
        Process meter(simulate({"--link", link, "--speed", "60"}));
        const std::string path = meter.read_line();
        EXPECT_EQ(std::filesystem::read_symlink(link), path);
        EXPECT_GT(OpenPort(link).read(100).size(), 0U);
        meter.signal(SIGTERM);
        EXPECT_EQ(meter.finish().status, 0);
        EXPECT_FALSE(std::filesystem::exists(std::filesystem::symlink_status(link)));
    }
}

TEST(Simulate, ReplacesAnOldLinkButNoFile) {
    const Folder folder;
    const std::string link = folder.path("meter");
    std::filesystem::create_symlink("/nowhere", link);
    Process meter(simulate({"--link", link}));
    const std::string path = meter.read_line();
    EXPECT_EQ(std::filesystem::read_symlink(link), path);
    meter.signal(SIGTERM);
    EXPECT_EQ(meter.finish().status, 0);

    const std::string file = folder.path("file");
    std::ofstream(file) << "mine";
    const auto told = hanport(simulate({"--link", file}));
    EXPECT_EQ(told.status, 2);
    EXPECT_THAT(told.err, HasSubstr("File exists"));
    EXPECT_TRUE(std::filesystem::is_regular_file(file));
}

} // namespace
