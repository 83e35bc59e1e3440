// Counters to problems; see port_diagnosis.hpp.
#include "meter/port_diagnosis.hpp"

namespace hanport::meter {
namespace {

// A wrong parity or speed damages a good part of the bytes, noise on the line only a few.
constexpr std::uint64_t noisy_share = 8;

PortFacts operator-(PortFacts now, const PortFacts& before) {
    for (const auto member :
         {&PortFacts::bytes, &PortFacts::power_lists, &PortFacts::long_lists,
          &PortFacts::line_errors, &PortFacts::damaged, &PortFacts::cut, &PortFacts::garbage,
          &PortFacts::ciphered, &PortFacts::unknown, &PortFacts::beyond_limit})
        now.*member -= before.*member;
    return now;
}

// Recent events on an open port; `ever_heard`: lists have arrived since the start.
Cause cause_of(const PortFacts& lately, bool ever_heard) {
    if (lately.long_lists > 0)
        return lately.beyond_limit > 0 ? Cause::too_many_meters : Cause::ok;
    if (lately.bytes == 0)
        return ever_heard ? Cause::meter_stopped : Cause::no_bytes;
    if (lately.ciphered > 0)
        return Cause::ciphered_without_key;
    if (lately.power_lists > 0)
        // If nothing else is sent, there are only the short lists.
        return lately.damaged + lately.cut > 0 ? Cause::long_frames_damaged : Cause::ok;
    if (lately.unknown > 0)
        return Cause::unknown_list;
    if (lately.line_errors * noisy_share > lately.bytes)
        return Cause::wrong_parity_or_baud;
    if (lately.damaged > 0 || lately.cut > lately.garbage)
        return Cause::long_frames_damaged;
    return Cause::wrong_parity_or_baud;
}

} // namespace

// A problem stays until the window shows another one, or none.
Cause PortDiagnosis::observe(Time now, const PortFacts& facts) {
    (facts.open ? closed_since_ : open_since_).reset();
    auto& since = facts.open ? open_since_ : closed_since_;
    if (!since)
        since = now;
    if (!facts.open) {
        samples_.clear();
        if (now - *since >= patience_with_port_)
            cause_ = Cause::no_port;
        return cause_;
    }
    samples_.push_back({now, facts});
    while (samples_.size() > 1 && now - samples_[1].time >= window_)
        samples_.pop_front();
    const PortFacts lately = facts - samples_.front().facts;
    // Lists decide at once; other events must be observed for the whole window.
    if (lately.long_lists > 0 || now - samples_.front().time >= window_)
        cause_ = cause_of(lately, facts.lists() > 0);
    return cause_;
}

} // namespace hanport::meter
