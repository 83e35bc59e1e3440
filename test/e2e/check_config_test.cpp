// hanport check-config as a user calls it.
#include "support/corpus.hpp"
#include "support/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Folder;
using support::hanport;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

TEST(CheckConfig, SaysWhatItUnderstood) {
    const Folder folder;
    folder.write("password", "secret");
    const auto file = folder.write("hanport.toml", R"(
[[port]]
device = "tcp://pi:2001"
[[port]]
device = "/dev/ttyUSB0"
parity = "even"
[mqtt]
url = "mqtts://broker"
client_id = "cellar"
username = "meter"
password_file = "password"
insecure = true
[home_assistant]
discovery = "off"
)");
    const auto told = hanport({"check-config", "--config", file});
    EXPECT_EQ(told.status, 0);
    EXPECT_EQ(told.err, "");
    EXPECT_EQ(told.out, file + ": ok\n" +
                            R"(  port: tcp://pi:2001
  port: /dev/ttyUSB0, 2400 baud, parity even
  mqtt: mqtts://broker as cellar, user meter with password, MQTT 5, topics hanport/…
  mqtt: insecure: the broker's certificate is not checked
  home_assistant: discovery off
  service: state in /var/lib/hanport, logs info
)");
}

TEST(CheckConfig, TheShippedFileIsRight) {
    const auto file = support::project_file("etc/hanport.toml");
    const auto told = hanport({"check-config", "--config", file});
    EXPECT_EQ(told.status, 0) << told.err;
    EXPECT_THAT(told.out, StartsWith(file + ": ok\n  port: auto, 2400 baud, parity auto\n"));
}

TEST(CheckConfig, TellsAllMistakesOnStandardError) {
    const Folder folder;
    const auto file =
        folder.write("hanport.toml", "[mqtt]\nprotocol = \"4\"\n[service]\nlevel = \"info\"\n");
    const auto told = hanport({"check-config", "--config", file});
    EXPECT_EQ(told.status, 2);
    EXPECT_EQ(told.out, "");
    EXPECT_EQ(
        told.err,
        file + ":2: mqtt.protocol: \"4\"; allowed: \"5\", \"3.1.1\"\n" + file +
            ":4: service.level: unknown key; allowed: state_directory, log_level, max_meters\n");
}

TEST(CheckConfig, AMissingFileIsAMistake) {
    const Folder folder;
    const auto told = hanport({"check-config", "--config", folder.path("none.toml")});
    EXPECT_EQ(told.status, 2);
    EXPECT_EQ(told.err, folder.path("none.toml") + ": cannot be read: No such file or directory\n");
}

TEST(CheckConfig, ReadsTheInstalledFileWithoutOption) {
    EXPECT_THAT(hanport({"check-config", "--help"}).out, HasSubstr("/etc/hanport/hanport.toml"));
}

} // namespace
