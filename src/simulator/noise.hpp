// What a bad line does to frames: bits flipped, octets lost or added, garbage between frames.
#pragma once

#include "simulator/encode.hpp"
#include "simulator/random.hpp"

namespace hanport::simulator {

class Noise {
  public:
    /// `share` 0…1: of the frames that are damaged, and of those that have garbage before them.
    Noise(double share, std::uint64_t seed);

    /// Damages the frame or not; false where it did. A damaged frame keeps its flags, so that it
    /// does not touch its neighbours, and its sum is certain to be wrong. Garbage before a frame
    /// is no damage to it.
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
