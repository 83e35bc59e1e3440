// hanport doctor on lines that are silent, good, noisy, damaged, encrypted or not there.
#include "support/corpus.hpp"
#include "support/daemon.hpp"
#include "support/process.hpp"
#include "support/program.hpp"
#include "support/pty.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Octets;
using support::until;
using testing::HasSubstr;

class Doctor {
  public:
    explicit Doctor(const support::Pty& pty)
        : process({"doctor", pty.path(), "--config", folder.path("none"), "--seconds", "1"}) {
        EXPECT_TRUE(until([&] { return pty.marks_errors(); })) << "not opened";
    }

    support::Folder folder;
    support::Process process;
};

TEST(DoctorTest, SaysWhatItSees) {
    struct Row {
        const char* name;
        Octets sent;
        int status;
        const char* expected;
    };
    Octets garbage(600);
    for (std::size_t i = 0; i < garbage.size(); ++i)
        garbage[i] = static_cast<std::uint8_t>(i * 37 + 11);
    Octets damaged = support::corpus_file("kamstrup-no-3p4q-live-new").octets;
    damaged.at(damaged.size() / 2) ^= 1U;
    for (const Row& row :
         {Row{"silence", {}, 1, "problem: the port is open, but nothing arrives (no_bytes)"},
          Row{"good", support::corpus_file("aidon-no-3wire-live").octets, 0, "all is well"},
          Row{"garbage", garbage, 1, "(wrong_parity_or_baud)"},
          Row{"damaged", damaged, 1, "(long_frames_damaged)"},
          Row{"ciphered", support::corpus_file("kamstrup-dk-ciphered").octets, 1,
              "(ciphered_without_key)"}}) {
        SCOPED_TRACE(row.name);
        const support::Pty pty;
        Doctor doctor(pty);
        pty.write(row.sent);
        const auto outcome = doctor.process.finish();
        EXPECT_EQ(outcome.status, row.status) << outcome.err;
        EXPECT_THAT(outcome.out, HasSubstr(row.expected));
    }
}

TEST(DoctorTest, AMeterThatFallsSilentWhileItListens) {
    const support::Pty pty;
    const support::Folder folder;
    support::Process doctor(
        {"doctor", pty.path(), "--config", folder.path("none"), "--seconds", "24"});
    ASSERT_TRUE(until([&] { return pty.marks_errors(); })) << "not opened";
    pty.write(support::corpus_file("aidon-no-3wire-live").octets);
    const auto outcome = doctor.finish();
    EXPECT_EQ(outcome.status, 1);
    EXPECT_THAT(outcome.out, HasSubstr("(meter_stopped)"));
}

TEST(DoctorTest, APortThatIsNotThere) {
    const support::Folder folder;
    const auto outcome = support::hanport(
        {"doctor", folder.path("meter"), "--config", folder.path("none"), "--seconds", "1"});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_THAT(outcome.out, HasSubstr("No such file or directory"));
    EXPECT_THAT(outcome.out, HasSubstr("(no_port)"));
    EXPECT_EQ(support::hanport({"doctor", "ttyUSB0", "--config", folder.path("none")}).status, 2);
}

} // namespace
