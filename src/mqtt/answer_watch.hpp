// Whether the broker of a connection still answers: when to probe it, and when it is to be given up.
// No I/O: the time is passed in.
//
// A broker that stops in the middle of a packet also blocks paho's ping, but paho takes more than a
// minute to detect that.
#pragma once

#include "base/instant.hpp"

#include <chrono>
#include <optional>

namespace hanport::mqtt {

class AnswerWatch {
  public:
    /// A connection begins. `period`: the broker is probed at least that often, 0: only if it does
    /// not acknowledge a message.
    void begin(base::SteadyTime now, std::chrono::milliseconds period);

    /// The broker has sent an answer, whatever it is.
    void answered(base::SteadyTime now);

    /// A probe was not answered in time.
    [[nodiscard]] bool given_up(base::SteadyTime now) const;

    struct Step {
        bool probe = false;    ///< send a probe now
        base::SteadyTime next; ///< time of the next check; max(): none before something happens
    };
    /// `oldest`: when the oldest unacknowledged message was sent; empty if there is none.
    [[nodiscard]] Step check(base::SteadyTime now, std::optional<base::SteadyTime> oldest);

  private:
    std::chrono::milliseconds period_{};
    base::SteadyTime heard_{};                 // time of the last answer
    std::optional<base::SteadyTime> probed_{}; // not answered yet
    base::SteadyTime last_probe_{};
};

} // namespace hanport::mqtt
