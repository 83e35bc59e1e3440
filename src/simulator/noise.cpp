// Damages frames; see noise.hpp.
#include "simulator/noise.hpp"

#include <algorithm>
#include <cmath>

namespace hanport::simulator {
namespace {

constexpr std::size_t million = 1'000'000;
constexpr std::uint8_t flag = 0x7E;

// True if a receiver that uses the length field would find an intact frame after any flag, also
// with the flag that follows.
bool reads_as_intact(const Octets& frame) {
    constexpr std::uint16_t sum_of_intact = 0x0F47;
    Octets followed = frame;
    followed.push_back(flag);
    for (std::size_t begin = 0; begin + 2 < followed.size(); ++begin) {
        const std::size_t length = (followed[begin + 1] & 7U) << 8U | followed[begin + 2];
        const std::size_t end = begin + 1 + length;
        if (followed[begin] == flag && end < followed.size() && followed[end] == flag &&
            crc16(std::span(followed).subspan(begin + 1, length)) == sum_of_intact)
            return true;
    }
    return false;
}

} // namespace

Noise::Noise(double share, std::uint64_t seed)
    : share_(static_cast<std::uint64_t>(
          std::llround(std::clamp(share, 0.0, 1.0) * static_cast<double>(million)))),
      random_(mix(seed ^ million)) {}

bool Noise::strikes() noexcept {
    return random_.below(million) < share_;
}

// At most three, which the check sum always detects.
void Noise::flip_bits(Octets& frame) {
    for (std::uint64_t left = 1 + random_.below(3); left > 0; --left)
        frame[1 + random_.below(frame.size() - 2)] ^=
            static_cast<std::uint8_t>(1U << random_.below(8));
}

void Noise::lose_octets(Octets& frame) {
    const std::size_t inside = frame.size() - 2;
    const std::size_t count = 1 + random_.below(random_.below(3) == 0 ? inside / 2 : 4);
    const auto first =
        frame.begin() + 1 + static_cast<std::ptrdiff_t>(random_.below(inside - count + 1));
    frame.erase(first, first + static_cast<std::ptrdiff_t>(count));
}

void Noise::add_octets(Octets& frame) {
    for (std::uint64_t left = 1 + random_.below(4); left > 0; --left) {
        const auto place = static_cast<std::ptrdiff_t>(1 + random_.below(frame.size() - 2));
        frame.insert(frame.begin() + place, static_cast<std::uint8_t>(random_.below(256)));
    }
}

void Noise::damage(Octets& frame) {
    switch (random_.below(4)) {
    case 0:
        return lose_octets(frame);
    case 1:
        return add_octets(frame);
    default:
        return flip_bits(frame);
    }
}

// Without flags: noise between frames begins no frame.
void Noise::put_garbage_before(Octets& frame) {
    Octets garbage(1 + random_.below(20));
    for (std::uint8_t& octet : garbage) {
        octet = static_cast<std::uint8_t>(random_.below(256));
        if (octet == flag)
            octet = 0;
    }
    frame.insert(frame.begin(), garbage.begin(), garbage.end());
}

bool Noise::pass(Octets& frame) {
    const bool hit = strikes();
    if (hit) {
        const Octets sent = frame;
        do {
            frame = sent;
            damage(frame);
        } while (reads_as_intact(frame));
    }
    if (strikes())
        put_garbage_before(frame);
    return !hit;
}

} // namespace hanport::simulator
