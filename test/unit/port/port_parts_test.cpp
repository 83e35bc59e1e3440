// The small deciders of a port: how long to wait, what to log, what the kernel marks, which device
// is meant.
#include "base/backoff.hpp"
#include "base/once_per_outage.hpp"
#include "line/device.hpp"
#include "line/parmrk_filter.hpp"
#include "support/hex.hpp"
#include "support/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using hanport::base::Backoff;
using hanport::base::OncePerOutage;
using hanport::line::DeviceFolders;
using hanport::line::find_device;
using hanport::line::folders_to_watch;
using hanport::line::ParmrkFilter;
using support::Folder;
using support::hex;
using support::to_hex;
using testing::ElementsAre;

// ---- backoff ----------------------------------------------------------------------------------

TEST(BackoffTest, DoublesUpToTheLimit) {
    Backoff backoff(500ms, 10s);
    for (const auto expected : {500ms, 1000ms, 2000ms, 4000ms, 8000ms, 10'000ms, 10'000ms})
        EXPECT_EQ(backoff.next(), expected);
    backoff.reset();
    EXPECT_EQ(backoff.next(), 500ms);
    EXPECT_EQ(backoff.next(), 1000ms);
}

TEST(BackoffTest, IsNeverMoreThanTheLimit) {
    Backoff backoff(500ms, 200ms);
    EXPECT_EQ(backoff.next(), 200ms);
    EXPECT_EQ(backoff.next(), 200ms);
    Backoff endless(1ms, std::chrono::milliseconds::max() / 2);
    for (int i = 0; i < 200; ++i)
        EXPECT_GT(endless.next(), 0ms);
}

// ---- log --------------------------------------------------------------------------------------

TEST(OutageLogTest, TellsEachCauseOnceUntilThePortWorks) {
    OncePerOutage log;
    EXPECT_TRUE(log.on_failure("missing"));
    EXPECT_FALSE(log.on_failure("missing"));
    EXPECT_TRUE(log.on_failure("busy"));
    EXPECT_FALSE(log.on_failure("missing"));
    EXPECT_TRUE(log.on_working());
    EXPECT_FALSE(log.on_working());
    EXPECT_TRUE(log.on_failure("missing"));
    EXPECT_TRUE(log.on_working());
}

TEST(OutageLogTest, ThatADeviceIsMissingIsNoNewsBehindAnotherCause) {
    OncePerOutage log;
    EXPECT_TRUE(log.on_missing("missing"));
    EXPECT_FALSE(log.on_missing("missing"));
    EXPECT_TRUE(log.on_failure("busy"));
    EXPECT_TRUE(log.on_working());
    EXPECT_TRUE(log.on_failure("gone"));
    EXPECT_FALSE(log.on_missing("missing"));
    EXPECT_FALSE(log.on_missing("none found"));
    EXPECT_TRUE(log.on_working());
}

TEST(OutageLogTest, TellsThatItWorksAtFirst) {
    OncePerOutage log;
    EXPECT_TRUE(log.on_working());
    EXPECT_FALSE(log.on_working());
}

// ---- marks ------------------------------------------------------------------------------------

struct MarksRow {
    const char* name;
    const char* marked;
    const char* sent;
    std::size_t errors;
};

constexpr MarksRow marks_rows[] = {
    {"nothing", "", "", 0},
    {"plain", "7E A0 00 01 FE 7E", "7EA00001FE7E", 0},
    {"FF itself", "01 FFFF 02 FFFF FFFF", "01FF02FFFF", 0},
    {"an error", "01 FF0041 02", "014102", 1},
    {"a break", "FF0000", "00", 1},
    {"an error in FF", "FF00FF 01", "FF01", 1},
    {"FF and 00 that were sent", "FFFF 00 01", "FF0001", 0},
    {"errors side by side", "FF0001 FF0002 FF0003", "010203", 3},
    {"FF before an error", "FFFF FF0005", "FF05", 1},
    {"a mark that no kernel makes", "FF 41 42", "4142", 0},
};

TEST(LineMarksTest, AreTakenOutAndCounted) {
    for (const auto& row : marks_rows) {
        ParmrkFilter marks;
        auto bytes = hex(row.marked);
        const auto result = marks.take_out(bytes);
        EXPECT_EQ(to_hex(std::span(bytes).first(result.size)), row.sent) << row.name;
        EXPECT_EQ(result.errors, row.errors) << row.name;
    }
}

TEST(LineMarksTest, MayBeSplitAnywhere) {
    for (const auto& row : marks_rows)
        for (std::size_t piece = 1; piece <= 3; ++piece) {
            ParmrkFilter marks;
            const auto bytes = hex(row.marked);
            support::Octets sent;
            std::size_t errors = 0;
            for (std::size_t at = 0; at < bytes.size(); at += piece) {
                auto part = support::Octets(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                                            bytes.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                at + piece, bytes.size())));
                const auto result = marks.take_out(part);
                sent = support::join(sent, std::span(part).first(result.size));
                errors += result.errors;
            }
            EXPECT_EQ(to_hex(sent), row.sent) << row.name << " in pieces of " << piece;
            EXPECT_EQ(errors, row.errors) << row.name << " in pieces of " << piece;
        }
}

TEST(LineMarksTest, ANewLineBeginsWithoutMark) {
    ParmrkFilter marks;
    auto half = hex("FF00");
    EXPECT_EQ(marks.take_out(half).size, 0U);
    marks.reset();
    auto whole = hex("00 7E");
    const auto result = marks.take_out(whole);
    EXPECT_EQ(result.size, 2U);
    EXPECT_EQ(result.errors, 0U);
}

// ---- devices ----------------------------------------------------------------------------------

// A /dev of a test's own.
class Devices {
  public:
    // Files in /dev, and links in /dev/serial/by-id as NAME=TARGET.
    explicit Devices(const std::vector<std::string>& entries) {
        for (const auto& entry : entries) {
            const auto equals = entry.find('=');
            if (equals == std::string::npos) {
                folder_.write(entry, "");
                continue;
            }
            std::filesystem::create_directories(folders.by_id);
            std::filesystem::create_symlink("../../" + entry.substr(equals + 1),
                                            folders.by_id / entry.substr(0, equals));
        }
    }

    // What "auto" finds, or why not, without the folder's name.
    [[nodiscard]] std::string found() const {
        const auto device = find_device("auto", folders);
        std::string text = device ? device->string() : device.error().cause;
        const std::string place = folder_.path();
        for (auto at = text.find(place); at != std::string::npos; at = text.find(place, at))
            text.replace(at, place.size(), "DEV/");
        return text;
    }

  private:
    Folder folder_;

  public:
    DeviceFolders folders{.by_id = folder_.path() + "serial/by-id", .devices = folder_.path()};
};

TEST(DeviceTest, AutoIsTheOnlyAdapter) {
    struct {
        const char* name;
        std::vector<std::string> entries;
        const char* found;
    } const rows[] = {
        {"by its id", {"ttyUSB0", "usb-FTDI-port0=ttyUSB0"}, "DEV/serial/by-id/usb-FTDI-port0"},
        {"without ids", {"ttyUSB3", "ttyS0", "tty1", "null"}, "DEV/ttyUSB3"},
        {"an ACM", {"ttyACM0"}, "DEV/ttyACM0"},
        {"two links to one", {"ttyUSB0", "a=ttyUSB0", "b=ttyUSB0"}, "DEV/serial/by-id/a"},
        {"a link to nothing does not count", {"ttyUSB0", "old=ttyUSB1"}, "DEV/ttyUSB0"},
        {"the board's own ports do not count", {"ttyAMA0", "ttyS0", "ttyUSB0"}, "DEV/ttyUSB0"},
        {"one with an id and one without",
         {"ttyUSB0", "ttyUSB1", "a=ttyUSB1"},
         "DEV/serial/by-id/a"},
        {"none",
         {"ttyAMA0", "ttyS0"},
         "no USB serial adapter found in DEV/serial/by-id nor as ttyUSB* or ttyACM* in DEV/"},
        {"several ids",
         {"ttyUSB0", "ttyUSB1", "b=ttyUSB0", "a=ttyUSB1"},
         "several USB serial adapters found; name one as device: DEV/serial/by-id/a "
         "DEV/serial/by-id/b"},
        {"several names",
         {"ttyUSB1", "ttyACM0"},
         "several USB serial adapters found; name one as device: DEV/ttyACM0 DEV/ttyUSB1"},
    };
    for (const auto& row : rows)
        EXPECT_EQ(Devices(row.entries).found(), row.found) << row.name;
}

TEST(DeviceTest, AnotherDeviceIsWhatItIs) {
    const Devices devices({"ttyUSB0"});
    EXPECT_EQ(find_device("/dev/none", devices.folders).value(), "/dev/none");
}

TEST(DeviceTest, WatchesTheNearestFolderThatExists) {
    const Devices with_ids({"ttyUSB0", "a=ttyUSB0"});
    EXPECT_THAT(folders_to_watch("auto", with_ids.folders),
                ElementsAre(with_ids.folders.by_id, with_ids.folders.devices));
    EXPECT_THAT(folders_to_watch((with_ids.folders.by_id / "b").string(), with_ids.folders),
                ElementsAre(with_ids.folders.by_id));
    const Devices without({"null"});
    const Folder other;
    const std::filesystem::path place = std::filesystem::path(other.path()).parent_path();
    EXPECT_THAT(folders_to_watch(other.path("serial/by-id/b"), without.folders),
                ElementsAre(place));
    EXPECT_THAT(folders_to_watch("/none/at/all", without.folders), ElementsAre("/"));
}

} // namespace
