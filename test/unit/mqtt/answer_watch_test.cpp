// When a broker is probed and when it is given up.
#include "mqtt/answer_watch.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using hanport::base::SteadyTime;
using hanport::mqtt::AnswerWatch;

constexpr SteadyTime start{};

TEST(AnswerWatch, WaitsWhileNoAnswerIsDue) {
    AnswerWatch watch;
    watch.begin(start, 0ms);
    const auto step = watch.check(start + 1h, {});
    EXPECT_FALSE(step.probe);
    EXPECT_EQ(step.next, SteadyTime::max());
    EXPECT_FALSE(watch.given_up(start + 1h));
}

TEST(AnswerWatch, ProbesOnceIfAMessageIsNotAcknowledgedAndGivesUp) {
    AnswerWatch watch;
    watch.begin(start, 0ms);
    const SteadyTime sent = start + 10s;
    EXPECT_EQ(watch.check(sent, sent).next, sent + 8s);
    EXPECT_FALSE(watch.check(sent + 7999ms, sent).probe);
    const auto step = watch.check(sent + 8s, sent);
    EXPECT_TRUE(step.probe);
    EXPECT_EQ(step.next, sent + 16s);
    EXPECT_FALSE(watch.check(sent + 9s, sent).probe) << "one is under way";
    EXPECT_FALSE(watch.given_up(sent + 15999ms));
    EXPECT_TRUE(watch.given_up(sent + 16s));
}

TEST(AnswerWatch, TakesAnyAnswerForASignOfLife) {
    AnswerWatch watch;
    watch.begin(start, 0ms);
    ASSERT_TRUE(watch.check(start + 8s, start).probe);
    watch.answered(start + 9s);
    EXPECT_FALSE(watch.given_up(start + 1h));
    EXPECT_EQ(watch.check(start + 9s, start).next, start + 17s);
    EXPECT_TRUE(watch.check(start + 17s, start).probe);
}

TEST(AnswerWatch, ProbesAsOftenAsTheBrokerWantsToHear) {
    AnswerWatch watch;
    watch.begin(start, 2500ms);
    EXPECT_EQ(watch.check(start, {}).next, start + 2500ms);
    ASSERT_TRUE(watch.check(start + 2500ms, {}).probe);
    watch.answered(start + 2600ms);
    EXPECT_EQ(watch.check(start + 2600ms, {}).next, start + 5s);
}

TEST(AnswerWatch, BeginsEachConnectionWithoutAProbe) {
    AnswerWatch watch;
    watch.begin(start, 0ms);
    ASSERT_TRUE(watch.check(start + 8s, start).probe);
    watch.begin(start + 20s, 0ms);
    EXPECT_FALSE(watch.given_up(start + 20s));
}

} // namespace
