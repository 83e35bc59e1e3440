// When the broker is probed; see answer_watch.hpp.
#include "mqtt/answer_watch.hpp"

#include <algorithm>

namespace hanport::mqtt {
namespace {

using namespace std::chrono_literals;

// If a message is not acknowledged, the broker is probed after the first time; the second limits
// the wait for the probe's answer.
constexpr auto acknowledgement_timeout = 8s;
constexpr auto answer_timeout = 8s;

} // namespace

void AnswerWatch::begin(base::SteadyTime now, std::chrono::milliseconds period) {
    period_ = period;
    probed_.reset();
    heard_ = last_probe_ = now;
}

void AnswerWatch::answered(base::SteadyTime now) {
    heard_ = now;
    probed_.reset();
}

bool AnswerWatch::given_up(base::SteadyTime now) const {
    return probed_ && now >= *probed_ + answer_timeout;
}

AnswerWatch::Step AnswerWatch::check(base::SteadyTime now, std::optional<base::SteadyTime> oldest) {
    auto due = base::SteadyTime::max();
    if (oldest)
        due = std::max(*oldest, heard_) + acknowledgement_timeout;
    if (period_ > 0ms)
        due = std::min(due, last_probe_ + period_);
    const bool probe = now >= due && !probed_;
    if (probe) {
        last_probe_ = now;
        probed_ = now;
    }
    return {.probe = probe, .next = probed_ ? *probed_ + answer_timeout : due};
}

} // namespace hanport::mqtt
