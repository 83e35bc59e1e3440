// Delay before a retry: 1 s, then twice as long each time, 60 s at most.
#pragma once

#include <algorithm>
#include <chrono>

namespace hanport::mqtt {

class ReconnectDelay {
  public:
    static constexpr std::chrono::seconds first{1};
    static constexpr std::chrono::seconds longest{60};

    /// Delay before the next attempt.
    [[nodiscard]] std::chrono::seconds next() noexcept {
        const auto wait = next_;
        next_ = std::min(2 * next_, longest);
        return wait;
    }
    /// The broker has worked: it acknowledged a message, or stayed connected for a while. An
    /// accepted connection is not sufficient; otherwise a broker that accepts and then drops
    /// connections would be contacted every second.
    void reset() noexcept { next_ = first; }

  private:
    std::chrono::seconds next_ = first;
};

} // namespace hanport::mqtt
