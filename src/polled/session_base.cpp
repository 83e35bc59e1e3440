// What sessions share; see session_base.hpp.
#include "polled/session_base.hpp"

#include <utility>

namespace polled {

SessionBase::SessionBase(const LineFormat& format, unsigned tries,
                         std::chrono::milliseconds settling, OnRefusal on_refusal)
    : format_(format), first_format_(format), tries_(tries), settling_(settling),
      on_refusal_(std::move(on_refusal)) {}

Action SessionBase::next(Time now) {
    if (!ended_ && now >= due_.at())
        return act(now);
    if (!ended_)
        return Wait{due_.at()};
    return failure_.key.empty() ? End{.readout = &readout_, .reason = {}}
                                : End{.readout = nullptr, .reason = failure_};
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

void SessionBase::refuse(const han::Reason& reason) {
    heard_ = true;
    on_refusal_(reason);
}

void SessionBase::fail(const han::Reason& reason) noexcept {
    failure_ = !reason.key.empty() ? reason : heard_ ? damaged : asleep;
    ended_ = true;
}

} // namespace polled
