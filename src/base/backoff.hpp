// Delay before a retry: longer each time, up to a limit.
#pragma once

#include <algorithm>
#include <chrono>
#include <utility>

namespace hanport::base {

class Backoff {
  public:
    using Delay = std::chrono::milliseconds;

    /// The delays are `first`, twice `first`, and so on, up to `most`. Both are positive.
    constexpr Backoff(Delay first, Delay most) noexcept
        : first_(std::min(first, most)), most_(most), next_(first_) {}

    /// The delay before the next attempt.
    [[nodiscard]] constexpr Delay next() noexcept {
        return std::exchange(next_, std::min(next_ * 2, most_));
    }

    /// Call this after a success: the next failure starts with the first delay.
    constexpr void reset() noexcept { next_ = first_; }

  private:
    Delay first_;
    Delay most_;
    Delay next_;
};

} // namespace hanport::base
