// How long to wait before trying again: 1 s, then twice as long each time, 60 s at most.
#pragma once

#include <algorithm>
#include <chrono>

namespace hanport {

class ReconnectDelay {
  public:
    static constexpr std::chrono::seconds first{1};
    static constexpr std::chrono::seconds longest{60};

    /// The wait before the next attempt.
    [[nodiscard]] std::chrono::seconds next() noexcept {
        const auto wait = next_;
        next_ = std::min(2 * next_, longest);
        return wait;
    }
    /// The broker has been of use: it took something over, or stayed for a while. That it accepts a
    /// connection is not enough, or one that accepts and drops would be asked every second.
    void reset() noexcept { next_ = first; }

  private:
    std::chrono::seconds next_ = first;
};

} // namespace hanport
