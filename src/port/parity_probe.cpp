// The search for the parity; see parity_probe.hpp.
#include "port/parity_probe.hpp"

namespace hanport::port {

using config::Parity;

namespace {

Parity first_of(Parity wanted, Parity remembered) {
    for (const Parity parity : {wanted, remembered})
        if (parity != Parity::automatic)
            return parity;
    return Parity::none;
}

} // namespace

ParityProbe::ParityProbe(Parity wanted, Parity remembered, const Options& options)
    : options_(options), searches_(wanted == Parity::automatic),
      parity_(first_of(wanted, remembered)), locked_(searches_ && remembered != Parity::automatic) {
}

void ParityProbe::on_open(Clock::time_point now) noexcept {
    burst_ = {.begin = now};
    intact_ = false;
    last_byte_ = now;
}

void ParityProbe::on_intact_frame() noexcept {
    intact_ = true;
    locked_ = true;
    damaged_ = false;
}

bool ParityProbe::on_bytes(Clock::time_point now, std::size_t bytes, std::size_t errors) {
    if (now - last_byte_ >= options_.silence)
        burst_ = {.begin = now, .whole = true};
    else if (burst_.bytes == 0)
        burst_.begin = now;
    burst_.bytes += bytes;
    burst_.errors += errors;
    last_byte_ = now;
    if (now - burst_.begin < options_.longest_burst)
        return false;
    burst_.whole = true; // long enough to be treated as a complete burst
    return decide(now);
}

bool ParityProbe::on_silence(Clock::time_point now) {
    return decide(now);
}

// Called at the end of the burst. True if the burst made the probe switch the parity.
bool ParityProbe::decide(Clock::time_point now) {
    const bool damage =
        burst_.whole && !intact_ &&
        (burst_.bytes >= options_.fewest_bytes || burst_.errors >= options_.fewest_errors);
    const auto begin = burst_.begin;
    burst_ = {.begin = now};
    intact_ = false;
    if (!damage || !searches_)
        return false;
    if (locked_) {
        if (!damaged_ || begin - damage_end_ > options_.longest_silence)
            damage_begin_ = begin;
        damaged_ = true;
        damage_end_ = now;
        if (now - damage_begin_ < options_.timeout)
            return false;
        locked_ = false;
        damaged_ = false;
    }
    switch_over();
    return true;
}

void ParityProbe::switch_over() noexcept {
    parity_ = parity_ == Parity::none ? Parity::even : Parity::none;
}

} // namespace hanport::port
