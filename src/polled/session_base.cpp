// What sessions share; see session_base.hpp.
#include "polled/session_base.hpp"

#include <utility>

namespace polled {

han::Reason reason(Failure failure) noexcept {
    switch (failure) {
    case Failure::asleep:
        return {"asleep",
                "no answer: the meter sleeps (press any button on it), or the optical head sits "
                "wrong (turn it by 180°)"};
    case Failure::damaged:
        return {"damaged", "the meter's answers arrive damaged: press the optical head flat onto "
                           "the meter, in the middle of its ring, and keep bright light off it"};
    case Failure::no_values:
        return {"no_values", "the meter has none of the requested registers"};
    case Failure::bad_data_set:
        return {"bad_data_set", "the meter's answer is intact, but cannot be read"};
    }
    return {"unknown", "unknown reason"};
}

SessionBase::SessionBase(const LineFormat& format, unsigned tries,
                         std::chrono::milliseconds settling) noexcept
    : format_(format), first_format_(format), tries_(tries), settling_(settling) {}

Action SessionBase::next(Time now) {
    if (!ended_ && now >= due_.at())
        return act(now);
    if (!ended_)
        return Wait{due_.at()};
    if (failure_)
        return End{.readout = nullptr, .failure = *failure_, .text = failure_text_};
    return End{.readout = &readout_};
}

void SessionBase::on_bytes(Time now, han::Bytes octets) {
    for (const std::uint8_t octet : octets)
        if (!ended_)
            on_octet(now, octet);
}

Action SessionBase::begin(Time now) {
    if (!std::exchange(settled_, true))
        due_.set(now + settling_);
    return set_format(first_format_);
}

Action SessionBase::set_format(const LineFormat& format) {
    format_ = format;
    return SetFormat{format_};
}

Action SessionBase::send(std::vector<std::uint8_t> octets, Time now,
                         std::chrono::milliseconds then) {
    due_.set(now + format_.duration(octets.size()) + then);
    return Send{std::move(octets)};
}

void SessionBase::fail(Failure failure, std::string_view text) noexcept {
    failure_ = failure;
    failure_text_ = text.empty() ? reason(failure).text : text;
    ended_ = true;
}

} // namespace polled
