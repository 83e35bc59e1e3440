// Maps each outcome of a frame to a counter of the diagnosis.
#include "port/port_counters.hpp"

#include <algorithm>
#include <array>

namespace hanport::port {

using meter::PortFacts;

namespace {

struct Meaning {
    FrameOutcome outcome;
    std::uint64_t PortFacts::* counter;
};

using han::list::ListKind;
using Dlms = han::dlms::Error;
using Hdlc = han::hdlc::Error;

// All other outcomes mean an intact frame that could not be read.
constexpr auto meanings = std::to_array<Meaning>({
    {ListKind::power, &PortFacts::power_lists},
    {ListKind::live, &PortFacts::long_lists},
    {ListKind::hourly, &PortFacts::long_lists},
    {ListKind::readout, &PortFacts::long_lists}, // of a polled meter
    {Hdlc::bad_fcs, &PortFacts::damaged},
    {Hdlc::no_closing_flag, &PortFacts::damaged},
    {Hdlc::segment_lost, &PortFacts::damaged},
    {Hdlc::incomplete, &PortFacts::cut},
    {kmp::Error::incomplete, &PortFacts::cut},
    {iec62056::Error::incomplete, &PortFacts::cut},
    {Hdlc::outside_frame, &PortFacts::garbage},
    {kmp::Error::outside_frame, &PortFacts::garbage},
    {iec62056::Error::outside_block, &PortFacts::garbage},
    {Hdlc::bad_length, &PortFacts::garbage},
    {Hdlc::bad_address, &PortFacts::garbage},
    {Hdlc::bad_hcs, &PortFacts::garbage},
    {Dlms::no_key, &PortFacts::ciphered},
    {Dlms::no_authentication_key, &PortFacts::ciphered},
    {Dlms::unsupported_security, &PortFacts::ciphered},
    {Dlms::wrong_key, &PortFacts::ciphered},
    {Dlms::authentication_failed, &PortFacts::ciphered},
});

} // namespace

PortFacts port_facts(const PortStats& stats) {
    PortFacts facts{.open = stats.state == "open",
                    .bytes = stats.bytes,
                    .line_errors = stats.line_errors,
                    .beyond_limit = stats.beyond_limit};
    for (const auto& [outcome, count] : stats.frames) {
        const auto row = std::ranges::find(meanings, outcome, &Meaning::outcome);
        facts.*(row == meanings.end() ? &PortFacts::unknown : row->counter) += count;
    }
    return facts;
}

} // namespace hanport::port
