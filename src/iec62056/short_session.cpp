// The steps of a short readout; see short_session.hpp.
#include "iec62056/short_session.hpp"

#include <utility>

namespace iec62056 {
namespace {

using polled::Action;
using polled::Time;

constexpr char seven_bits = 0x7F;
constexpr std::size_t longest = 256;
constexpr unsigned times_faster = 4;

} // namespace

ShortSession::ShortSession(ShortSessionOptions options, polled::OnRefusal<Error> on_refusal)
    : ProtocolSession(options.format, options.tries, options.settling, std::move(on_refusal)),
      options_(options) {}

Action ShortSession::act(Time now) {
    switch (step_) {
    case Step::answer: // timed out
        heard_ = heard_ || !answer_.empty();
        [[fallthrough]];
    case Step::again:
        if (!another_attempt()) {
            fail();
            return next(now);
        }
        [[fallthrough]];
    case Step::begin:
        step_ = Step::ask;
        return begin(now);
    case Step::ask: {
        std::vector<std::uint8_t> request{'/', '#', '1'};
        if (tried_ % 2 != 0)
            request.insert(request.end(), {'\r', '\n'});
        step_ = Step::switch_speed;
        requested_ = now;
        return send(std::move(request), now, options_.before_switching);
    }
    default: {
        step_ = Step::answer;
        answer_.clear();
        damaged_ = false;
        due_.set(requested_ + options_.between_tries);
        polled::LineFormat format = options_.format;
        format.baud *= times_faster;
        return set_format(format);
    }
    }
}

void ShortSession::on_octet(Time /*now*/, std::uint8_t octet) {
    if (step_ != Step::answer)
        return;
    const char character = static_cast<char>(octet & seven_bits);
    if (character == '\r')
        on_answer();
    else if (character != '\n' && character != '\0' && answer_.size() < longest)
        answer_ += character;
}

void ShortSession::on_answer() {
    const std::string answer = std::exchange(answer_, {});
    if (answer.empty())
        return; // the end of an echo
    Error error = Error::bad_parity;
    if (!std::exchange(damaged_, false)) {
        if (const auto taken = take_short_readout(answer, options_.scaling, readout_)) {
            succeed();
            return;
        } else {
            error = taken.error();
        }
    }
    refuse(error);
    step_ = Step::again;
}

} // namespace iec62056
