// Counters to problems; see port_diagnosis.hpp.
#include "meter/port_diagnosis.hpp"

namespace hanport::meter {
namespace {

// A wrong parity or speed damages a good part of the bytes, noise on the line only a few.
constexpr std::uint64_t noisy_share = 8;

PortCounters operator-(PortCounters now, const PortCounters& before) {
    for (const auto member :
         {&PortCounters::bytes, &PortCounters::power_lists, &PortCounters::long_lists,
          &PortCounters::line_errors, &PortCounters::damaged, &PortCounters::cut,
          &PortCounters::garbage, &PortCounters::ciphered, &PortCounters::unknown,
          &PortCounters::beyond_limit})
        now.*member -= before.*member;
    return now;
}

// Recent events on an open port; `ever_heard`: lists have arrived since the start.
Problem cause_of(const PortCounters& lately, bool ever_heard) {
    if (lately.long_lists > 0)
        return lately.beyond_limit > 0 ? Problem::too_many_meters : Problem::ok;
    if (lately.bytes == 0)
        return ever_heard ? Problem::meter_stopped : Problem::no_bytes;
    if (lately.ciphered > 0)
        return Problem::ciphered_without_key;
    if (lately.power_lists > 0)
        // If nothing else is sent, there are only the short lists.
        return lately.damaged + lately.cut > 0 ? Problem::long_frames_damaged : Problem::ok;
    if (lately.unknown > 0)
        return Problem::unknown_list;
    if (lately.line_errors * noisy_share > lately.bytes)
        return Problem::wrong_parity_or_baud;
    if (lately.damaged > 0 || lately.cut > lately.garbage)
        return Problem::long_frames_damaged;
    return Problem::wrong_parity_or_baud;
}

} // namespace

// A problem stays until the window shows another one, or none.
Problem PortDiagnosis::observe(Time now, const PortCounters& facts) {
    (facts.open ? closed_since_ : open_since_).reset();
    auto& since = facts.open ? open_since_ : closed_since_;
    if (!since)
        since = now;
    if (!facts.open) {
        samples_.clear();
        if (now - *since >= port_timeout_)
            cause_ = Problem::no_port;
        return cause_;
    }
    samples_.push_back({now, facts});
    while (samples_.size() > 1 && now - samples_[1].time >= window_)
        samples_.pop_front();
    const PortCounters lately = facts - samples_.front().facts;
    // Lists decide at once; other events must be observed for the whole window.
    if (lately.long_lists > 0 || now - samples_.front().time >= window_)
        cause_ = cause_of(lately, facts.lists() > 0);
    return cause_;
}

} // namespace hanport::meter
