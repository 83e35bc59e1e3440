// One daemon for each state directory: the second one refuses to start, whatever became of an
// earlier first one.
#include "support/daemon.hpp"
#include "support/process.hpp"
#include "support/pty.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

namespace {

using support::Daemon;
using testing::AllOf;
using testing::HasSubstr;

class StateDirectory : public testing::Test {
  protected:
    // Writes to standard output, as no broker is needed here.
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

} // namespace
