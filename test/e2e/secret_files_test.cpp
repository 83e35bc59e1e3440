// A password file that others may read or write is warned of.
#include "support/daemon.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace {

class PasswordFile : public testing::TestWithParam<unsigned> {};

TEST_P(PasswordFile, OfAnExposedModeIsWarnedOf) {
    support::Daemon daemon({.device = "/dev/null", .url = "mqtt://127.0.0.1:9"});
    const std::string file = daemon.folder.write("password", "open sesame\n");
    std::filesystem::permissions(file, std::filesystem::perms(GetParam()));
    daemon.options.mqtt = "username = \"meter\"\npassword_file = \"" + file + "\"\n";
    daemon.start();
    EXPECT_TRUE(daemon.wait_for_log("password is accessible to other users; chmod 600"));
}

INSTANTIATE_TEST_SUITE_P(Modes, PasswordFile, testing::Values(0666U, 0644U, 0640U, 0620U));

TEST(PasswordFileTest, OfTheUsersOwnIsNot) {
    support::Daemon daemon({.device = "/dev/null", .url = "mqtt://127.0.0.1:9"});
    const std::string file = daemon.folder.write("password", "open sesame\n");
    std::filesystem::permissions(file, std::filesystem::perms(0600));
    daemon.options.mqtt = "username = \"meter\"\npassword_file = \"" + file + "\"\n";
    daemon.start();
    ASSERT_TRUE(daemon.wait_for_log("no connection to the broker"));
    EXPECT_EQ(daemon.stop().err.find("accessible to other users"), std::string::npos);
}

} // namespace
