// One daemon per state directory: a second one refuses to start, however an earlier one ended.
#include "support/daemon.hpp"
#include "support/process.hpp"
#include "support/pty.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

namespace {

using support::Daemon;
using testing::AllOf;
using testing::HasSubstr;

class StateDirectory : public testing::Test {
  protected:
    // Writes to standard output, because no broker is needed here.
    static Daemon::Options options(const std::string& device) {
        return {.device = device, .url = {}, .to_stdout = true};
    }

    support::Pty first_port;
    Daemon first{options(first_port.path())};
};

TEST_F(StateDirectory, IsOneDaemonsAlone) {
    first.start();
    ASSERT_TRUE(first.wait_for_log(": opened"));
    const auto second = support::hanport(
        {"run", "--output", "stdout", "--config", first.folder.path("hanport.toml")});
    EXPECT_EQ(second.status, 2);
    EXPECT_THAT(second.err,
                AllOf(HasSubstr("state"), HasSubstr("is in use by process " +
                                                    std::to_string(first.process().id()) + ',')));
    EXPECT_EQ(first.stop().status, 0);
}

TEST_F(StateDirectory, IsFreeAfterAKill) {
    first.start();
    ASSERT_TRUE(first.wait_for_log(": opened"));
    first.kill();
    first.start();
    EXPECT_TRUE(first.wait_for_log(": opened"));
    EXPECT_EQ(first.stop().status, 0);
}

TEST_F(StateDirectory, OfAnotherUserIsNotRoots) {
    if (::geteuid() != 0)
        GTEST_SKIP() << "only root is refused";
    const std::string state = first.folder.path("state");
    std::filesystem::create_directories(state);
    ASSERT_EQ(::chown(state.c_str(), 65534, 65534), 0);
    const std::string config = first.folder.write(
        "other.toml",
        "[[port]]\ndevice = \"" + first_port.path() +
            "\"\n[mqtt]\nurl = \"mqtt://localhost\"\n[service]\nstate_directory = \"" + state +
            "\"\n");
    const auto refused = support::hanport({"run", "--output", "stdout", "--config", config});
    EXPECT_EQ(refused.status, 2);
    EXPECT_THAT(refused.err, HasSubstr("belongs to the user 65534, and root must not write there"));
    EXPECT_TRUE(std::filesystem::is_empty(state));
}

} // namespace
