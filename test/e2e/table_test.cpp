// hanport decode for people: the table, its colours on a terminal only, and the progress line.
#include "support/lines.hpp"
#include "support/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace {

using support::hanport;
using support::hex_path;
using support::Process;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view live = "kamstrup-no-3p4q-live-new";

// Written by hand from the values of the corpus file.
constexpr std::string_view live_table =
    "2026-01-15T07:12:40  live  Kamstrup  6841131BN200000002  5706567000000456  Kamstrup_V0001\n"
    "  active_power_import    2213    W     1-1:1.7.0\n"
    "  active_power_export       0    W     1-1:2.7.0\n"
    "  reactive_power_import     0    var   1-1:3.7.0\n"
    "  reactive_power_export   318    var   1-1:4.7.0\n"
    "  current_l1                5.60 A     1-1:31.7.0\n"
    "  current_l2                1.07 A     1-1:51.7.0\n"
    "  current_l3                2.96 A     1-1:71.7.0\n"
    "  voltage_l1              231    V     1-1:32.7.0\n"
    "  voltage_l2              230    V     1-1:52.7.0\n"
    "  voltage_l3              233    V     1-1:72.7.0\n"
    "\n";

TEST(DecodeTable, AlignsNamesPointsAndUnits) {
    const auto told = hanport({"decode", "--format", "table", hex_path(live)});
    EXPECT_EQ(told.status, 0);
    EXPECT_EQ(told.out, live_table);
}

TEST(DecodeTable, JsonIsTheDefaultAndCanBeNamed) {
    EXPECT_EQ(hanport({"decode", "--format=json", hex_path(live)}).out, support::expected(live));
}

TEST(DecodeTable, EveryCorpusFileHasARowForEachValue) {
    for (const auto& file : support::corpus()) {
        if (file.keys.encryption)
            continue;
        std::size_t values = 0;
        for (const std::string& line : file.lines)
            for (auto at = line.find("\"obis\""); at != std::string::npos;
                 at = line.find("\"obis\"", at + 1))
                ++values;
        std::istringstream table(hanport({"decode", "--format", "table", hex_path(file.name)}).out);
        std::size_t rows = 0;
        std::size_t headings = 0;
        for (std::string line; std::getline(table, line);)
            if (line.starts_with("  "))
                ++rows;
            else if (!line.empty())
                ++headings;
        EXPECT_EQ(rows, values) << file.name;
        EXPECT_EQ(headings, file.lines.size()) << file.name;
    }
}

// A terminal changes a line end to CR LF.
std::string without_returns(std::string text) {
    std::erase(text, '\r');
    return text;
}

std::string without_colours(std::string text) {
    for (const std::string_view code : {"\033[1m", "\033[2m", "\033[0m"})
        for (auto at = text.find(code); at != std::string::npos; at = text.find(code))
            text.erase(at, code.size());
    return text;
}

TEST(DecodeTable, IsColouredOnATerminalOnly) {
    const std::vector<std::string> call{"decode", "--format", "table", hex_path(live)};
    const auto terminal = hanport(call, {}, {.output_to_terminal = true});
    EXPECT_THAT(terminal.out, HasSubstr("\033[1m2026-01-15T07:12:40"));
    EXPECT_THAT(terminal.out, HasSubstr("\033[2m1-1:31.7.0\033[0m"));
    EXPECT_EQ(without_colours(without_returns(terminal.out)), live_table);
    const auto plain = hanport(call, {}, {.output_to_terminal = true, .set = {"NO_COLOR=1"}});
    EXPECT_EQ(without_returns(plain.out), live_table);
    const auto json = hanport({"decode", hex_path(live)}, {}, {.output_to_terminal = true});
    EXPECT_EQ(without_returns(json.out), support::expected(live));
}

TEST(DecodeProgress, IsShownOnATerminalWhereTheInputTakesLong) {
    Process process({"decode"}, {.errors_to_terminal = true});
    const std::string frame = support::binary(live);
    // It appears after a second, when octets arrive.
    bool shown = false;
    std::size_t frames = 0;
    for (; !shown && frames < 600; ++frames) {
        process.write(frame);
        shown = process.wait_for_error(" lists", std::chrono::milliseconds(50));
    }
    EXPECT_TRUE(shown);
    const auto told = process.finish();
    EXPECT_EQ(told.status, 0);
    EXPECT_THAT(told.err, HasSubstr("standard input: 0 MB, "));
    EXPECT_THAT(told.err, HasSubstr("\r\033[K")) << "and removed again";
}

TEST(DecodeProgress, IsNotShownInAPipe) {
    const auto told = hanport({"decode", hex_path(live)});
    EXPECT_THAT(told.err, Not(HasSubstr("\033")));
    EXPECT_THAT(told.err, Not(HasSubstr("MB")));
}

} // namespace
