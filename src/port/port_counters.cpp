// Maps each outcome of a frame to a counter of the diagnosis.
#include "port/port_counters.hpp"

#include <algorithm>
#include <array>

namespace hanport::port {

using meter::PortFacts;

namespace {

struct Meaning {
    std::string_view outcome;
    std::uint64_t PortFacts::* counter;
};

// All other outcomes mean an intact frame that could not be read.
constexpr auto meanings = std::to_array<Meaning>({
    {"power", &PortFacts::power_lists},
    {"live", &PortFacts::long_lists},
    {"hourly", &PortFacts::long_lists},
    {"readout", &PortFacts::long_lists}, // of a polled meter
    {"bad_fcs", &PortFacts::damaged},
    {"no_closing_flag", &PortFacts::damaged},
    {"segment_lost", &PortFacts::damaged},
    {"incomplete", &PortFacts::cut},
    {"outside_frame", &PortFacts::garbage},
    {"bad_length", &PortFacts::garbage},
    {"bad_address", &PortFacts::garbage},
    {"bad_hcs", &PortFacts::garbage},
    {"ciphered_without_key", &PortFacts::ciphered},
    {"no_authentication_key", &PortFacts::ciphered},
    {"unsupported_security", &PortFacts::ciphered},
    {"wrong_key", &PortFacts::ciphered},
    {"authentication_failed", &PortFacts::ciphered},
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
