// What all sessions of polled meters share, with a protocol of one octet.
#include "polled/session_base.hpp"
#include "support/readout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using polled::Time;
using support::hex;
using support::SessionBench;
using testing::ElementsAre;

TEST(PolledDeadline, IsPutOffUpToItsBound) {
    const Time now{};
    polled::Deadline deadline;
    deadline.set(now + 2s, 3s);
    deadline.extend(now + 1s);
    EXPECT_EQ(deadline.at(), now + 2s) << "never earlier";
    deadline.extend(now + 4s);
    EXPECT_EQ(deadline.at(), now + 4s);
    deadline.extend(now + 9s);
    EXPECT_EQ(deadline.at(), now + 5s) << "the bound";
    deadline.shorten(now + 6s);
    EXPECT_EQ(deadline.at(), now + 5s) << "never later";
    deadline.shorten(now + 1s);
    EXPECT_EQ(deadline.at(), now + 1s);
    deadline.set(now + 7s);
    deadline.extend(now + 8s);
    EXPECT_EQ(deadline.at(), now + 7s) << "a new deadline has a bound of its own";
}

enum class Error : std::uint8_t { damage };

// Sends 3F. The answer is 06; FF is a damaged one.
class OneOctet : public polled::ProtocolSession<Error> {
  public:
    explicit OneOctet(polled::OnRefusal<Error> on_refusal)
        : ProtocolSession({.baud = 10, .data_bits = 7, .even_parity = true, .stop_bits = 1}, 2,
                          200ms, std::move(on_refusal)) {}

    int octets = 0;

  private:
    polled::Action act(Time now) override {
        if (step_ == 2 && !another_attempt())
            fail();
        if (step_ == 2 && tried_ == 2)
            return next(now);
        step_ = step_ == 1 ? 2 : 1;
        return step_ == 1 ? begin(now) : send({0x3F}, now, 5s);
    }
    void on_octet(Time /*now*/, std::uint8_t octet) override {
        ++octets;
        if (octet == 0x06)
            succeed();
        else if (octet == 0xFF)
            refuse(Error::damage);
    }

    int step_ = 0;
};

class PolledSession : public testing::Test {
  protected:
    std::vector<Error> refused;
    OneOctet session{[this](Error error) { refused.push_back(error); }};
    SessionBench line{session};
};

TEST_F(PolledSession, TheHeadSettlesBeforeTheFirstAttemptOnly) {
    EXPECT_THAT(line.run(), ElementsAre("set 10 7E1", "wait"));
    EXPECT_THAT(line.wait_and_run(), ElementsAre("send 3F", "wait"));
    EXPECT_EQ(line.elapsed(), 200ms);
    EXPECT_THAT(line.wait_and_run(), ElementsAre("set 10 7E1", "send 3F", "wait"));
    EXPECT_EQ(line.elapsed(), 6200ms) << "one character of ten bits takes a second";
    EXPECT_THAT(line.wait_and_run(), ElementsAre("end"));
    EXPECT_EQ(line.failure(), "asleep");
}

TEST_F(PolledSession, ADamagedAnswerIsReportedAndIsNoSleep) {
    EXPECT_EQ(line.next_sent(), "3F");
    line.hear(hex("FF"));
    EXPECT_EQ(line.next_sent(), "3F");
    EXPECT_EQ(line.next_sent(), "");
    EXPECT_EQ(line.failure(), "damaged");
    EXPECT_THAT(refused, ElementsAre(Error::damage));
}

TEST_F(PolledSession, NothingIsReadBehindTheEnd) {
    EXPECT_EQ(line.next_sent(), "3F");
    line.hear(hex("06 06 FF"));
    EXPECT_THAT(line.run(), ElementsAre("end"));
    EXPECT_EQ(line.failure(), "");
    EXPECT_NE(line.readout(), "");
    EXPECT_EQ(session.octets, 1);
    EXPECT_THAT(refused, testing::IsEmpty());
}

} // namespace
