// Effects of a bad line on frames: bits flipped, octets lost or added, garbage between frames.
#pragma once

#include "simulator/encode.hpp"
#include "simulator/random.hpp"

namespace hanport::simulator {

class Noise {
  public:
    /// `share` 0…1: of frames that are damaged, and of frames with garbage before them.
    Noise(double share, std::uint64_t seed);

    /// Damages some frames; returns false for a damaged one. A damaged frame keeps its flags, so
    /// that it stays separate from its neighbours, and its check sum is always wrong. Garbage
    /// before a frame is not damage to it.
    [[nodiscard]] bool pass(Octets& frame);

  private:
    [[nodiscard]] bool strikes() noexcept;
    void flip_bits(Octets& frame);
    void lose_octets(Octets& frame);
    void add_octets(Octets& frame);
    void damage(Octets& frame);
    void put_garbage_before(Octets& frame);

    std::uint64_t share_; // in a million
    Random random_;
};

} // namespace hanport::simulator
