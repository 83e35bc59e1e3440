// Maps each outcome of a frame to a counter of the diagnosis.
#include "port/port_counters.hpp"

#include <algorithm>
#include <array>

namespace hanport::port {

using meter::PortCounters;

namespace {

struct Meaning {
    FrameOutcome outcome;
    std::uint64_t PortCounters::* counter;
};

using han::list::ListKind;
using Dlms = han::dlms::Error;
using Hdlc = han::hdlc::Error;

// All other outcomes mean an intact frame that could not be read.
constexpr auto meanings = std::to_array<Meaning>({
    {ListKind::power, &PortCounters::power_lists},
    {ListKind::live, &PortCounters::long_lists},
    {ListKind::hourly, &PortCounters::long_lists},
    {ListKind::readout, &PortCounters::long_lists}, // of a polled meter
    {Hdlc::bad_fcs, &PortCounters::damaged},
    {Hdlc::no_closing_flag, &PortCounters::damaged},
    {Hdlc::segment_lost, &PortCounters::damaged},
    {Hdlc::incomplete, &PortCounters::cut},
    {kmp::Error::incomplete, &PortCounters::cut},
    {iec62056::Error::incomplete, &PortCounters::cut},
    {Hdlc::outside_frame, &PortCounters::garbage},
    {kmp::Error::outside_frame, &PortCounters::garbage},
    {iec62056::Error::outside_block, &PortCounters::garbage},
    {Hdlc::bad_length, &PortCounters::garbage},
    {Hdlc::bad_address, &PortCounters::garbage},
    {Hdlc::bad_hcs, &PortCounters::garbage},
    {Dlms::no_key, &PortCounters::ciphered},
    {Dlms::no_authentication_key, &PortCounters::ciphered},
    {Dlms::unsupported_security, &PortCounters::ciphered},
    {Dlms::wrong_key, &PortCounters::ciphered},
    {Dlms::authentication_failed, &PortCounters::ciphered},
});

} // namespace

PortCounters port_counters(const PortStats& stats) {
    PortCounters facts{.open = stats.state == "open",
                       .bytes = stats.bytes,
                       .line_errors = stats.line_errors,
                       .beyond_limit = stats.beyond_limit};
    for (const auto& [outcome, count] : stats.frames) {
        const auto row = std::ranges::find(meanings, outcome, &Meaning::outcome);
        facts.*(row == meanings.end() ? &PortCounters::unknown : row->counter) += count;
    }
    return facts;
}

} // namespace hanport::port
