// The steps of a short readout; see short_session.hpp.
#include "iec62056/short_session.hpp"

#include <utility>

namespace iec62056 {
namespace {

using polled::Action;
using polled::End;
using polled::Send;
using polled::SetFormat;
using polled::Time;
using polled::Wait;

constexpr char seven_bits = 0x7F;
constexpr std::size_t longest = 256;
constexpr unsigned times_faster = 4;

} // namespace

ShortSession::ShortSession(ShortSessionOptions options, polled::OnRefusal on_refusal)
    : options_(options), on_refusal_(std::move(on_refusal)) {}

Action ShortSession::next(Time now) {
    if (step_ == Step::ended)
        return failure_.key.empty() ? End{.readout = &readout_, .reason = {}}
                                    : End{.readout = nullptr, .reason = failure_};
    if (now < not_before_)
        return Wait{not_before_};
    polled::LineFormat format = options_.format;
    switch (step_) {
    case Step::answer: // timed out
        heard_ = heard_ || !answer_.empty();
        [[fallthrough]];
    case Step::again:
        if (++tries_ >= options_.tries) {
            failure_ = heard_ ? polled::damaged : polled::asleep;
            step_ = Step::ended;
            return next(now);
        }
        [[fallthrough]];
    case Step::begin:
        if (step_ == Step::begin)
            not_before_ = now + options_.settling;
        step_ = Step::ask;
        return SetFormat{format};
    case Step::ask: {
        std::vector<std::uint8_t> request{'/', '#', '1'};
        if (tries_ % 2 != 0)
            request.insert(request.end(), {'\r', '\n'});
        step_ = Step::switch_speed;
        asked_ = now;
        not_before_ = now + format.duration(request.size()) + options_.before_switching;
        return Send{std::move(request)};
    }
    default:
        step_ = Step::answer;
        answer_.clear();
        damaged_ = false;
        not_before_ = asked_ + options_.between_tries;
        format.baud *= times_faster;
        return SetFormat{format};
    }
}

void ShortSession::on_bytes(Time /*now*/, han::Bytes octets) {
    for (const std::uint8_t octet : octets) {
        if (step_ != Step::answer)
            return;
        const char character = static_cast<char>(octet & seven_bits);
        if (character == '\r')
            on_answer();
        else if (character != '\n' && character != '\0' && answer_.size() < longest)
            answer_ += character;
    }
}

void ShortSession::on_answer() {
    const std::string answer = std::exchange(answer_, {});
    if (answer.empty())
        return; // the end of an echo
    heard_ = true;
    Error error = Error::bad_parity;
    if (!std::exchange(damaged_, false)) {
        if (const auto taken = take_short_readout(answer, options_.scaling, readout_)) {
            step_ = Step::ended;
            return;
        } else {
            error = taken.error();
        }
    }
    on_refusal_(reason(error));
    step_ = Step::again;
}

} // namespace iec62056
