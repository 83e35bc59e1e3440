// Random numbers that are the same on every machine: numbers for a seed and a place (the ripple of
// one second, the day's dinner time), and a sequence of them. SplitMix64; the distributions of the
// standard library differ between implementations.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hanport::simulator {

/// Spreads `x` over all 64 bits; a bijection.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x) noexcept {
    x += 0x9E3779B97F4A7C15U;
    x = (x ^ x >> 30U) * 0xBF58476D1CE4E5B9U;
    x = (x ^ x >> 27U) * 0x94D049BB133111EBU;
    return x ^ x >> 31U;
}

/// The number from 0…`bound`-1 for `seed`, a subject and a place in it. `bound` > 0.
[[nodiscard]] constexpr std::int64_t chance(std::uint64_t seed, std::uint64_t subject,
                                            std::int64_t place, std::int64_t bound) noexcept {
    const auto number = mix(mix(seed ^ mix(subject)) ^ static_cast<std::uint64_t>(place));
    return static_cast<std::int64_t>(number % static_cast<std::uint64_t>(bound));
}

/// A sequence of such numbers.
class Random {
  public:
    explicit constexpr Random(std::uint64_t seed) noexcept : seed_(seed) {}

    /// 0…`bound`-1; `bound` > 0.
    [[nodiscard]] constexpr std::size_t below(std::size_t bound) noexcept {
        return static_cast<std::size_t>(mix(seed_ + ++count_ * 0xD1342543DE82EF95U) % bound);
    }

  private:
    std::uint64_t seed_;
    std::uint64_t count_ = 0;
};

} // namespace hanport::simulator
